package agent

import (
	"path/filepath"
	"reflect"
	"testing"

	"daypass/app"
)

// What the window is started with is what it is asked to show; anything else is for the command line.
func TestParseWindowArgs_targets(t *testing.T) {
	file := filepath.Join(t.TempDir(), "a b.daypass")
	for _, c := range []struct {
		args []string
		want app.WindowTarget
		ours bool
	}{
		{nil, app.WindowTarget{}, true},
		{[]string{"daypass://connection/abc"}, app.WindowTarget{Import: "daypass://connection/abc"}, true},
		{[]string{"DAYPASS://connection/abc"}, app.WindowTarget{Import: "DAYPASS://connection/abc"}, true},
		{[]string{file}, app.WindowTarget{Import: file}, true},
		{[]string{"file://" + filepath.ToSlash(filepath.Dir(file)) + "/a%20b.daypass"}, app.WindowTarget{Import: file}, true},
		{[]string{"file://elsewhere/a.daypass"}, app.WindowTarget{}, false},
		{[]string{"--show", "lake", "s3://bucket/"}, app.WindowTarget{Connection: "lake", Location: "s3://bucket/"}, true},
		{[]string{"status"}, app.WindowTarget{}, false},
		{[]string{"--help"}, app.WindowTarget{}, false},
		{[]string{"https://login.example/a.html"}, app.WindowTarget{}, false},
		{[]string{"creds", "lake"}, app.WindowTarget{}, false},
	} {
		got, ours := ParseWindowArgs(c.args)
		if ours != c.ours || ours && got != c.want {
			t.Errorf("%q: %+v %t, want %+v %t", c.args, got, ours, c.want, c.ours)
		}
		if ours {
			if again, _ := ParseWindowArgs(WindowArgs(got)); !reflect.DeepEqual(again, got) {
				t.Errorf("%+v is passed on as %+v", got, again)
			}
		}
	}
}
