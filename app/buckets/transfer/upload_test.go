package transfer

import (
	"encoding/base64"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"daypass/app"
	"daypass/app/buckets/transfer/remote"
)

// An upload overwrites nothing without asking.
func TestUpload_overwritesNothingUnasked(t *testing.T) {
	tests := []struct {
		policy app.ConflictPolicy
		want   map[string]string
	}{
		{app.Skip, map[string]string{"in/a.txt": "old", "in/b": "new"}},
		{app.Replace, map[string]string{"in/a.txt": "new", "in/b": "new"}},
		{app.KeepBoth, map[string]string{"in/a.txt": "old", "in/a (2).txt": "new", "in/b": "new"}},
	}
	for _, paths := range [][]string{{"in"}, {"in/a.txt", "in/b"}} {
		for _, tt := range tests {
			b := newBench(t)
			b.s3.has("in/a.txt", []byte("old"))
			b.write("in/a.txt", []byte("new"))
			b.write("in/b", []byte("new"))
			prefix := ""
			if len(paths) > 1 {
				prefix = "in/"
			}
			r := b.upload(prefix, paths...)
			r.Conflicts = tt.policy
			b.done(r)
			for key, content := range tt.want {
				if got, _ := b.s3.get(key); got != content {
					t.Errorf("%s %v: %s is %q", tt.policy, paths, key, got)
				}
			}
			if keys := b.s3.keys(); len(keys) != len(tt.want) {
				t.Errorf("%s %v: %q", tt.policy, paths, keys)
			}
		}
	}
}

// Somebody who takes the name between the look and the upload is not overwritten either.
func TestUpload_conditionalWrite(t *testing.T) {
	for _, size := range []int{10, bigFrom + 1} {
		b := newBench(t)
		b.write("a", noise(size, 1))
		b.s3.failWith(func(_ http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPut && !r.URL.Query().Has("uploadId") || r.Method == http.MethodPost && r.URL.Query().Has("uploadId") {
				if _, there := b.s3.get("a"); !there {
					b.s3.has("a", []byte("theirs"))
				}
			}
			return false
		})
		id := b.begin(b.upload("", "a"))
		q := b.phase(id, app.TransferAsking).Question
		if got, _ := b.s3.get("a"); got != "theirs" || q.Target != "lake/a" || q.Existing.Size != 6 {
			t.Errorf("%d bytes: %q, %+v", size, got[:min(len(got), 10)], q)
		}
		if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: q.ID, Choice: app.Replace}); err != nil {
			t.Fatal(err)
		}
		b.phase(id, app.TransferDone)
		if got, _ := b.s3.get("a"); len(got) != size {
			t.Errorf("%d bytes are there", len(got))
		}
	}
}

// Many single files are not looked for one by one.
func TestUpload_manySingleFiles(t *testing.T) {
	b := newBench(t)
	var names []string
	for i := range 100 {
		names = append(names, fmt.Sprint("f", i))
		b.write(names[i], []byte("new"))
	}
	b.s3.has("in/f7", []byte("old"))
	r := b.upload("in/", names...)
	r.Conflicts = app.Skip
	if got := b.done(r); got.Done != 99 || got.Skipped != 1 {
		t.Errorf("got %+v", got)
	}
	if n := b.s3.requests("HEAD"); n != 1 {
		t.Errorf("%d objects were looked at", n)
	}
}

// A server that knows no conditions is still looked at first, also where many uploads find it out at once.
func TestUpload_withoutConditionalWrites(t *testing.T) {
	b := newBench(t)
	names := []string{"b"}
	for n := range 40 {
		names = append(names, fmt.Sprintf("a%02d", n))
	}
	for _, name := range names {
		b.write(name, []byte("new"))
	}
	b.s3.has("b", []byte("old"))
	b.s3.failWith(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Header.Get("If-None-Match") == "" {
			return false
		}
		refuse(w, http.StatusNotImplemented, "NotImplemented")
		return true
	})
	r := b.upload("", names...)
	r.Conflicts = app.Skip
	if got := b.done(r); got.Done != 40 || got.Skipped != 1 {
		t.Errorf("got %+v", got)
	}
}

func TestUpload_underAnotherName(t *testing.T) {
	b := newBench(t)
	b.write("a.txt", []byte("a"))
	r := b.upload("in/", "a.txt")
	r.As = "z.json"
	b.done(r)
	if o := b.s3.objects["in/z.json"]; o == nil || o.mime != "application/json" {
		t.Errorf("got %q, %+v", b.s3.keys(), o)
	}
}

// What a server offers for checking is used, whatever it is.
func TestChecksum_everyKind(t *testing.T) {
	data := noise(bigFrom+100, 2)
	pieces := func(sizes ...int) *fakeObject {
		o := newObject(data)
		var sums []byte
		for at, i := 0, 0; i < len(sizes); i++ {
			p := newObject(data[at : at+sizes[i]])
			raw, _ := base64.StdEncoding.DecodeString(p.sum)
			sums = append(sums, raw...)
			o.parts = append(o.parts, p)
			at += sizes[i]
		}
		h := remote.UploadChecksum.Hasher()
		h.Write(sums)
		o.sum, o.kind = fmt.Sprintf("%s-%d", remote.Encode(h), len(sizes)), "COMPOSITE"
		return o
	}
	tests := []struct {
		name string
		make func() *fakeObject
		none bool
	}{
		{"of the whole", func() *fakeObject { return newObject(data) }, false},
		{"of its parts", func() *fakeObject { return pieces(20<<20, bigFrom+100-20<<20) }, false},
		{"an MD5 as ETag", func() *fakeObject { return newObject(data) }, true},
	}
	for _, tt := range tests {
		for _, damaged := range []bool{false, true} {
			b := newBench(t)
			b.s3.noChecksums = tt.none
			o := tt.make()
			if damaged {
				o.data = slices.Clone(o.data)
				o.data[5] ^= 1
			}
			b.s3.objects["big"] = o
			got := b.does(b.download("big"))
			if !damaged {
				b.hasFile("big", data)
			} else if got.Phase != app.TransferFailed || got.Failures[0].Problem.Code != "transfer-damaged" || len(b.files()) != 0 {
				t.Errorf("%s: %+v, %q", tt.name, got, b.files())
			}
		}
	}
}

// On some servers a file hides the folder that is named like it, so that is asked about first.
func TestUpload_fileNamedLikeFolder(t *testing.T) {
	for choice, want := range map[app.ConflictPolicy]string{app.Skip: "data/x", app.Replace: "data data/x", app.KeepBoth: "data (2) data/x"} {
		b := newBench(t)
		b.s3.has("data/x", []byte("x"))
		b.write("data", []byte("file"))
		r := b.upload("", "data")
		r.Conflicts = app.Ask
		id := b.begin(r)
		question := b.phase(id, app.TransferAsking)
		if question.Question == nil || !question.Question.Folder || question.Question.Name != "data" {
			t.Fatalf("it asks %+v", question.Question)
		}
		if err := b.AnswerConflict(t.Context(), id, app.ConflictAnswer{Question: question.Question.ID, Choice: choice}); err != nil {
			t.Fatal(err)
		}
		b.phase(id, app.TransferDone)
		if got := strings.Join(b.s3.keys(), " "); got != want {
			t.Errorf("%s: there is %q, want %q", choice, got, want)
		}
	}
}
