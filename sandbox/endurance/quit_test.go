package endurance

import (
	"os"
	"strings"
	"testing"

	"daypass/sandbox/faults"
	"daypass/sandbox/headless"
)

// Quitting says first that a transfer stops; it goes on when the agent starts again.
func TestQuit_warnsOfTransfers(t *testing.T) {
	t.Parallel()
	p := newUser(t, headless.Options{})
	minio, err := faults.Start(0, stand.Sandbox.Endpoint)
	p.must(err)
	t.Cleanup(func() { _ = minio.Close() })
	p.connect("lake", minio)
	p.start()
	p.signIn("lake")
	p.active("lake")
	p.must(minio.Set(faults.Unavailable)) // so that it does not end too soon
	file := p.Path("home", "notes.txt")
	p.must(os.WriteFile(file, []byte("text"), 0o600))
	id, err := p.StartTransfer(p.ctx, headless.Request{Connection: "lake", Direction: "upload", Bucket: "empty", Prefix: "quit/", Paths: []string{file}})
	p.must(err)
	p.must(headless.Until(p.ctx, "the transfer to wait", func() bool {
		now, err := p.Transfer(p.ctx, id)
		return err == nil && now.Phase == "waiting"
	}))

	const words = "1 transfer is running. It stops now and continues when Daypass starts again."
	out, err := p.Command(p.ctx, p.Program, "quit").CombinedOutput() // where nobody can be asked
	if err == nil || !strings.Contains(string(out), words) || !strings.Contains(string(out), "--yes") {
		t.Errorf("%v: %q", err, out)
	}
	if s := p.session("lake"); s.Phase != "active" {
		t.Fatal("it was quit without an answer")
	}
	out, err = p.Command(p.ctx, p.Program, "quit", "--yes").CombinedOutput()
	if err != nil || !strings.Contains(string(out), words) {
		t.Fatalf("%v: %q", err, out)
	}
	<-p.Ended()

	p.must(minio.Set(faults.None))
	p.start()
	p.must(headless.Until(p.ctx, "the transfer to be done", func() bool {
		now, err := p.Transfer(p.ctx, id)
		return err == nil && now.Phase == "done"
	}))
	if out, err := p.Command(p.ctx, p.Program, "quit").CombinedOutput(); err != nil || len(out) != 0 {
		t.Errorf("without a transfer: %v: %q", err, out)
	}
}
