package origin

import (
	"bytes"
	"encoding/hex"
	"net/url"
	"strings"
	"testing"
	"time"
)

// Nothing of the mark opens what it names.
func TestRule34_markHoldsNoCredentials(t *testing.T) {
	from := &url.URL{
		Scheme: "https", User: url.UserPassword("ada", "hush"), Host: "minio.example:9000", Path: "/lake/a b\r\nHostUrl=x/ü?.csv",
		RawQuery: "X-Amz-Signature=hush", Fragment: "hush",
	}
	if got, want := address(from), "https://minio.example:9000/lake/a%20b%0D%0AHostUrl=x/%C3%BC%3F.csv"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	from.Path = "/lake/" + strings.Repeat("ü", 1000)
	if got, want := address(from), "https://minio.example:9000/"; got != want {
		t.Errorf("a long one: %q, want %q", got, want)
	}
}

// The marks are in the formats that other programs write.
func TestRule34_marksHaveKnownFormats(t *testing.T) {
	if got, want := zone("https://minio.example/lake/a"), "[ZoneTransfer]\r\nZoneId=3\r\nHostUrl=https://minio.example/lake/a\r\n"; got != want {
		t.Errorf("Windows: %q, want %q", got, want)
	}
	if got, want := quarantine(time.Unix(0x5f000000, 0)), "0081;5f000000;Daypass;"; got != want {
		t.Errorf("macOS: %q, want %q", got, want)
	}
	// As Python's plistlib reads ["https://a/b"] from it.
	want, err := hex.DecodeString("62706c6973743030" + "a101" + "5f11000b" + hex.EncodeToString([]byte("https://a/b")) + "080a" +
		"000000000000" + "0101" + "0000000000000002" + "0000000000000000" + "0000000000000019")
	if err != nil {
		t.Fatal(err)
	}
	if got := whereFrom("https://a/b"); !bytes.Equal(got, want) {
		t.Errorf("macOS: %x, want %x", got, want)
	}
}
