package quick

import (
	"errors"
	"net/url"
	"strings"
	"testing"
)

func TestProgramName_commandLines(t *testing.T) {
	tests := map[string]string{
		"/usr/bin/rclone copy a b": "rclone", "python3 /home/ada/train.py --fast": "python3 train.py", "/usr/bin/python3 /usr/bin/aws s3 ls": "aws",
		"python3 -c print()": "python3", "python3": "python3", "": Unnamed, "node app.js": "node app.js",
	}
	for line, want := range tests {
		if got := ProgramName(strings.Split(line, " ")); got != want {
			t.Errorf("%q is %q, want %q", line, got, want)
		}
	}
	if Caller() == Unnamed {
		t.Error("the test's own caller has no name")
	}
}

// An answer is whole, or an error.
func TestParse_wholeOrBroken(t *testing.T) {
	got, err := parse([]byte("HTTP/1.0 409 Conflict\r\nX: y\r\n\r\nbody\r\n\r\nmore"))
	if err != nil || got.Status != 409 || string(got.Body) != "body\r\n\r\nmore" {
		t.Errorf("%+v %v", got, err)
	}
	for _, text := range []string{"", "HTTP/1.0 200 OK\r\n", "\r\n\r\n", "HTTP/1.0 2x0 OK\r\n\r\n", "SSH-2.0-OpenSSH\r\n\r\nxxxxxxxxxxxx"} {
		if got, err := parse([]byte(text)); !errors.Is(err, ErrBroken) {
			t.Errorf("%q: %+v %v", text, got, err)
		}
	}
}

func FuzzRequestIsReadAsWritten(f *testing.F) {
	f.Add("a lake&tool=x#y", "t\r\nHost: x")
	f.Add("\xff%00+", "é研")
	f.Fuzz(func(t *testing.T, name, tool string) {
		line, _, _ := strings.Cut(string(request(name, tool)), " HTTP/1.0\r\n")
		u, err := url.Parse(strings.TrimPrefix(line, "GET "))
		if err != nil || u.Path != PathCreds {
			t.Fatalf("%q: %v", line, err)
		}
		if q := u.Query(); q.Get("name") != name || q.Get("tool") != tool || len(q) != 2 {
			t.Fatalf("%q became %v", line, q)
		}
	})
}
