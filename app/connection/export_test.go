package connection

import (
	"path/filepath"
	"reflect"
	"testing"

	"daypass/auth/secret"
)

func TestExport_replacesNothing(t *testing.T) {
	dir, d := t.TempDir(), minimal()
	d.Provider.ClientSecret = secret.New("hunter2-hunter2")
	for _, name := range []string{slug(d.Name) + Extension, slug(d.Name) + "-2" + Extension} {
		path, err := d.Export(dir)
		if err != nil || path != filepath.Join(dir, name) {
			t.Fatalf("%q, %v", path, err)
		}
		got, err := ReadFile(path)
		want := d.Shared()
		want.ID = ""
		if err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("%v, got\n%+v\nwant\n%+v", err, got, want)
		}
	}
	if _, err := d.Export(filepath.Join(dir, "nowhere")); err == nil {
		t.Error("exported to a folder that is not there")
	}
}
