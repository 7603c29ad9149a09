// Package window tests the bucket browser as a user uses it: the whole window, drawn by the toolkit's
// test driver and pressed by name, with the built agent in another process and a real MinIO and Dex. The
// keys are so short that they are renewed all the while.
package window

import (
	"context"
	"fmt"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2/test"
	"github.com/minio/minio-go/v7"

	"daypass/app"
	"daypass/app/agent"
	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
	"daypass/sandbox/slowproxy"
	"daypass/ui"
	"daypass/ui/uitest"
)

var (
	bin     = filepath.Join("..", "..", "..", "build", "bin")
	daypass = filepath.Join(bin, "daypass")
	// world is the sandbox that all tests share, and admin may do everything in it.
	world *servers.Sandbox
	admin *minio.Client
)

// tokenLife is how long the keys live; they are renewed when half of it is over.
const tokenLife = 40 * time.Second

// manyObjects is more than a search finds.
const manyObjects = 12_000

func TestMain(m *testing.M) { os.Exit(run(m)) }

func run(m *testing.M) int {
	ctx, cancel := context.WithTimeout(context.Background(), 2*time.Minute)
	defer cancel()
	var err error
	if world, err = servers.Start(ctx, servers.Options{Bin: bin, IDTokenLife: tokenLife, Objects: manyObjects}); err != nil {
		fmt.Fprintln(os.Stderr, "the sandbox does not start (make sandbox-bin builds it):", err)
		return 1
	}
	defer world.Close()
	if admin, err = world.Admin(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return m.Run()
}

// scene is somebody who is signed in, at their window.
type scene struct {
	*headless.Rig
	t      *testing.T
	ctx    context.Context
	line   *slowproxy.Line
	queue  *uitest.Queue
	window *ui.Window
	// folder is where downloads go, and files what is chosen for an upload.
	folder string
	files  []string
	// state is where the window remembers places.
	state   string
	clicked time.Time
	// over are the transfers whose end was seen.
	over map[string]bool
}

// Files implements ui.Chooser.
func (s *scene) Files(done func([]string)) { done(s.files) }

// Folder implements ui.Chooser.
func (s *scene) Folder(_, _ string, done func(string)) { done(s.folder) }

// newScene signs somebody in and opens their window.
func newScene(t *testing.T, who servers.User) *scene {
	t.Helper()
	return newSceneWith(t, who, daypass)
}

// newSceneWith is newScene with a program that may be another than daypass.
func newSceneWith(t *testing.T, who servers.User, program string) *scene {
	t.Helper()
	s := &scene{t: t, ctx: t.Context(), folder: t.TempDir(), state: t.TempDir(), over: map[string]bool{}}
	var err error
	s.line, err = slowproxy.New(world.Endpoint)
	s.must(err)
	t.Cleanup(func() { _ = s.line.Close() })
	s.Rig, err = headless.New(s.ctx, headless.Options{Program: program, NoKeyring: true})
	s.must(err)
	t.Cleanup(s.lookBack)
	s.addConnection("lake", world.ClaimConnection)
	s.addConnection("role", world.RoleConnection)
	s.must(s.Start(s.ctx))
	s.must(s.SignIn(s.ctx, "lake", who))
	t.Setenv("XDG_RUNTIME_DIR", s.Path("run"))
	t.Setenv("DAYPASS_STATE_DIR", s.Path("state"))
	s.openWindow()
	return s
}

// addConnection adds a connection that goes over the scene's line.
func (s *scene) addConnection(id, file string) {
	s.t.Helper()
	data, err := os.ReadFile(file)
	s.must(err)
	s.must(s.AddConnection(id, []byte(strings.Replace(string(data), world.Endpoint, s.line.URL, 1))))
}

// openWindow opens the window.
func (s *scene) openWindow() {
	s.t.Helper()
	s.queue = uitest.NewQueue()
	s.window = ui.New(test.NewTempApp(s.t), ui.Options{
		Connect:  func(ctx context.Context) (app.Core, error) { return agent.Dial(ctx) },
		Dispatch: s.queue.Dispatch, OpenURL: func(*url.URL) error { return nil }, Chooser: s, StateDir: s.state, Selected: "lake",
	})
	s.window.Window().Show()
	s.window.Start()
}

// lookBack ends everything, and shows what the window and the agent said where the test failed.
func (s *scene) lookBack() {
	if s.t.Failed() && s.window != nil {
		s.t.Logf("on screen:\n%s\nthe agent's log:\n%s", s.onScreen(), s.complaints())
	}
	if s.window != nil {
		s.window.Close()
	}
	if err := s.Close(); err != nil {
		s.t.Error(err)
	}
}

// complaints are the lines of the agent's log that are about errors.
func (s *scene) complaints() string {
	log, err := os.ReadFile(s.Log())
	if err != nil {
		return err.Error()
	}
	var lines []string
	for line := range strings.Lines(string(log)) {
		if !strings.Contains(line, "level=DEBUG") {
			lines = append(lines, line)
		}
	}
	return strings.Join(lines, "")
}

func (s *scene) must(err error) {
	s.t.Helper()
	if err != nil {
		s.t.Fatal(err)
	}
}

// newBucket makes a bucket of the test's own, with versions or without, that goes when the test ends.
func (s *scene) newBucket(versions bool) string {
	s.t.Helper()
	name := strings.ToLower(fmt.Sprintf("t%x", rand.Uint64()))
	s.must(admin.MakeBucket(s.ctx, name, minio.MakeBucketOptions{}))
	s.t.Cleanup(func() {
		if err := removeBucket(name); err != nil {
			s.t.Error(err)
		}
	})
	if versions {
		s.must(admin.EnableVersioning(s.ctx, name))
	}
	return name
}

// removeBucket removes a bucket with all that is in it.
func removeBucket(name string) error {
	return admin.RemoveBucketWithOptions(context.Background(), name, minio.RemoveBucketOptions{ForceDelete: true})
}

func (s *scene) put(bucket, key, content string, o ...minio.PutObjectOptions) {
	s.t.Helper()
	_, err := admin.PutObject(s.ctx, bucket, key, strings.NewReader(content), int64(len(content)), append(o, minio.PutObjectOptions{})[0])
	s.must(err)
}
