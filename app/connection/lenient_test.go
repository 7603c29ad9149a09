package connection_test

import (
	"reflect"
	"strings"
	"testing"

	"daypass/app/connection"
)

// What editors on Windows do to a file changes nothing.
func TestParse_byteOrderMark(t *testing.T) {
	const file = "version = 1\nname = \"Lake\"\nendpoint = \"https://minio.example\"\n[login]\nissuer = \"https://login.example\"\nclient_id = \"app\"\n"
	want, err := connection.Parse([]byte(file))
	if err != nil {
		t.Fatal(err)
	}
	for name, text := range map[string]string{
		"a byte order mark":    "\ufeff" + file,
		"line ends of Windows": strings.ReplaceAll(file, "\n", "\r\n"),
		"both":                 "\ufeff" + strings.ReplaceAll(file, "\n", "\r\n"),
	} {
		if got, err := connection.Parse([]byte(text)); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%s: %+v, %v", name, got, err)
		}
	}
}
