package connection

import (
	"reflect"
	"strings"
	"testing"

	"daypass/auth/secret"
)

func TestLink_parsesAsTheSame(t *testing.T) {
	for _, want := range []Definition{minimal(), whole()} {
		link := want.Link()
		if !IsLink(link) || strings.ContainsAny(link, " \n") {
			t.Errorf("the link is %q", link)
		}
		mailed := link[:40] + "\r\n " + link[40:] + "\n"
		for _, text := range []string{link, mailed, strings.Replace(link, "daypass://", "DAYPASS://", 1), link + "/", link + "="} {
			got, err := ParseLink(text)
			want := want.Shared()
			want.ID = ""
			if err != nil || !reflect.DeepEqual(got, want) {
				t.Errorf("%q: %v, got\n%+v\nwant\n%+v", text, err, got, want)
			}
		}
	}
}

// TestRule55: what is passed on holds no client secret.
func TestRule55_sharedWithoutSecret(t *testing.T) {
	d := minimal()
	d.Provider.ClientSecret = secret.New("hunter2-hunter2")
	got, err := ParseLink(d.Link())
	if err != nil || !got.Provider.ClientSecret.IsZero() {
		t.Errorf("%+v, %v", got, err)
	}
	if text := string(d.Shared().Format()); strings.Contains(text, "hunter2") || strings.Contains(text, "client_secret") {
		t.Errorf("%s", text)
	}
	if d.Provider.ClientSecret.IsZero() {
		t.Error("the definition itself lost its secret")
	}
}

// A link is read as strictly as a file.
func TestRule37_linkIsReadAsFile(t *testing.T) {
	http := minimal()
	http.Endpoint = "http://s3.example.com"
	for name, link := range map[string]string{
		"plain http": http.Link(), "another path": "daypass://open/abc", "no base64": linkPrefix + "%%%", "nothing": linkPrefix, "an address": "https://s3.example.com",
		"no file": linkPrefix + "aGVsbG8",
	} {
		if d, err := ParseLink(link); err == nil {
			t.Errorf("%s: %+v", name, d)
		}
	}
	if IsLink("https://s3.example.com") || IsLink("daypass") {
		t.Error("not every text is a link")
	}
}
