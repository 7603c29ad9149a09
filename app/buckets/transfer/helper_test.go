package transfer

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/location"
	"daypass/app/settings"
	"daypass/auth/secret"
)

// limit is how long a test waits for what must happen.
const limit = 30 * time.Second

// fakeSessions has a connection to a fakeS3, and where a test copies, "archive" to another.
type fakeSessions struct {
	mu        sync.Mutex
	endpoint  string
	archive   fakeArchive
	identity  string
	keys      int // the number of the current keys; zero means that there are none
	questions int
	settings  settings.Settings
	watchers  map[chan app.Snapshot]struct{}
}

// fakeArchive is the second connection.
type fakeArchive struct {
	endpoint, identity string
	keys               int
}

func (s *fakeSessions) snapshot() app.Snapshot {
	return app.Snapshot{Settings: s.settings, Sessions: []app.Session{{ID: "lake", Identity: s.identity}, {ID: "archive", Identity: s.archive.identity}}}
}

func (s *fakeSessions) Watch(ctx context.Context) <-chan app.Snapshot {
	s.mu.Lock()
	defer s.mu.Unlock()
	w := make(chan app.Snapshot, 1)
	w <- s.snapshot()
	if s.watchers == nil {
		s.watchers = map[chan app.Snapshot]struct{}{}
	}
	s.watchers[w] = struct{}{}
	context.AfterFunc(ctx, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		delete(s.watchers, w)
		close(w)
	})
	return w
}

func (s *fakeSessions) Credentials(_ context.Context, id string) (app.Credentials, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.questions++
	name, n := "AK", s.keys
	if id == "archive" {
		name, n = "ARCHIVE", s.archive.keys
	}
	if n == 0 {
		return app.Credentials{}, app.ErrNoCredentials
	}
	return app.Credentials{
		AccessKeyID: fmt.Sprint(name, n), SecretAccessKey: secret.New("hush-secret"),
		SessionToken: secret.New("hush-token"), ExpiresAt: time.Now().Add(time.Hour),
	}, nil
}

func (s *fakeSessions) Connection(_ context.Context, id string) (connection.Definition, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	endpoint := map[string]string{"lake": s.endpoint, "archive": s.archive.endpoint}[id]
	if endpoint == "" {
		return connection.Definition{}, app.ErrNoConnection
	}
	return connection.Definition{ID: id, Endpoint: endpoint, Region: "us-east-1"}, nil
}

// become changes who is signed in with what keys.
func (s *fakeSessions) become(identity string, keys int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.identity, s.keys = identity, keys
	s.tell()
}

// set changes the settings.
func (s *fakeSessions) set(next settings.Settings) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.settings = next
	s.tell()
}

// archiveBecomes changes who is signed in to the archive with what keys.
func (s *fakeSessions) archiveBecomes(identity string, keys int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.archive.identity, s.archive.keys = identity, keys
	s.tell()
}

func (s *fakeSessions) tell() {
	for w := range s.watchers {
		select {
		case <-w:
		default:
		}
		w <- s.snapshot()
	}
}

// bench is an engine at work for a fake server.
type bench struct {
	*Engine
	t        *testing.T
	s3       *fakeS3
	sessions *fakeSessions
	folder   string // of downloads, and sources
	state    string
	stop     func()
}

func newBench(t *testing.T) *bench {
	t.Helper()
	b := &bench{t: t, s3: newFakeS3(t), folder: t.TempDir(), state: filepath.Join(t.TempDir(), "transfers")}
	b.sessions = &fakeSessions{endpoint: b.s3.URL, identity: "ada", keys: 1}
	b.start()
	return b
}

// start starts an engine, as a new agent does.
func (b *bench) start() {
	b.Engine = New(b.sessions, Options{Dir: b.state})
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { b.Run(ctx) })
	b.stop = sync.OnceFunc(func() { cancel(); done.Wait() })
	b.t.Cleanup(b.stop)
}

func (b *bench) download(keys ...string) app.TransferRequest {
	r := app.TransferRequest{Connection: "lake", Direction: app.Download, Location: location.Location{Bucket: fakeBucket}, Folder: b.folder}
	for _, k := range keys {
		r.Objects = append(r.Objects, app.TransferObject{Key: k})
	}
	return r
}

func (b *bench) upload(prefix string, names ...string) app.TransferRequest {
	r := app.TransferRequest{Connection: "lake", Direction: app.Upload, Location: location.Location{Bucket: fakeBucket, Prefix: prefix}}
	for _, n := range names {
		r.Paths = append(r.Paths, filepath.Join(b.folder, n))
	}
	return r
}

// begin starts a transfer.
func (b *bench) begin(r app.TransferRequest) string {
	b.t.Helper()
	id, err := b.StartTransfer(b.t.Context(), r)
	if err != nil {
		b.t.Fatal(err)
	}
	return id
}

// until waits for a transfer to be as described.
func (b *bench) until(id, what string, is func(app.Transfer) bool) app.Transfer {
	b.t.Helper()
	ctx, cancel := context.WithTimeout(b.t.Context(), limit)
	defer cancel()
	var last app.Transfer
	for list := range b.WatchTransfers(ctx) {
		for _, t := range list.Transfers {
			if t.ID == id {
				if last = t; is(t) {
					return t
				}
			}
		}
	}
	b.t.Fatalf("never %s: %+v", what, last)
	return last
}

func (b *bench) phase(id string, phase app.TransferPhase) app.Transfer {
	b.t.Helper()
	return b.until(id, string(phase), func(t app.Transfer) bool { return t.Phase == phase || t.Phase.Ended() && phase.Ended() })
}

// does carries a transfer out to its end.
func (b *bench) does(r app.TransferRequest) app.Transfer {
	b.t.Helper()
	return b.phase(b.begin(r), app.TransferDone)
}

// done carries a transfer out that must succeed.
func (b *bench) done(r app.TransferRequest) app.Transfer {
	b.t.Helper()
	t := b.does(r)
	if t.Phase != app.TransferDone {
		b.t.Fatalf("it ended %s: %+v", t.Phase, t)
	}
	return t
}

// write makes a file in the folder.
func (b *bench) write(name string, data []byte) {
	b.t.Helper()
	path := filepath.Join(b.folder, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(path, data, 0o644); err != nil {
		b.t.Fatal(err)
	}
}

// files lists what is in the folder, with "/" behind folders.
func (b *bench) files() (names []string) {
	b.t.Helper()
	err := filepath.WalkDir(b.folder, func(path string, d fs.DirEntry, err error) error {
		if err != nil || path == b.folder {
			return err
		}
		rel, err := filepath.Rel(b.folder, path)
		if d.IsDir() {
			rel += "/"
		}
		names = append(names, filepath.ToSlash(rel))
		return err
	})
	if err != nil {
		b.t.Fatal(err)
	}
	slices.Sort(names)
	return names
}

func (b *bench) hasFile(name string, want []byte) {
	b.t.Helper()
	got, err := os.ReadFile(filepath.Join(b.folder, name))
	if err != nil {
		b.t.Error(err)
	} else if !bytes.Equal(got, want) {
		b.t.Errorf("%s has other content (%d bytes, want %d)", name, len(got), len(want))
	}
}

// noise is content that no two parts share.
func noise(size int, seed uint64) []byte {
	data := make([]byte, size)
	r := rand.NewChaCha8([32]byte{byte(seed)})
	_, _ = r.Read(data)
	return data
}

func readAll(t *testing.T, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// until waits for something that no list shows.
func until(t *testing.T, what string, is func() bool) {
	t.Helper()
	for deadline := time.Now().Add(limit); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("never %s", what)
		}
	}
}

// resumed has a transfer resumed, and it must succeed.
func (b *bench) resumed(id string) app.Transfer {
	b.t.Helper()
	if err := b.ResumeTransfer(b.t.Context(), id); err != nil {
		b.t.Fatal(err)
	}
	return b.until(id, "done", func(t app.Transfer) bool { return t.Phase == app.TransferDone })
}
