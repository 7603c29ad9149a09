package transfers

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
)

// roundTrip is that of a long line.
const roundTrip = 40 * time.Millisecond

// overLines runs a test over a short line and over a long one, which loses something now and then.
func overLines(t *testing.T, test func(*testing.T, *user)) {
	t.Run("short", func(t *testing.T) { test(t, newUser(t, servers.Ada)) })
	t.Run("long", func(t *testing.T) {
		p := newUser(t, servers.Ada)
		p.line.Delay.Store(int64(roundTrip / 2))
		p.line.StallEvery.Store(8 * mib)
		p.line.StallFor.Store(int64(5 * roundTrip))
		test(t, p)
	})
}

// A network that breaks every connection again and again costs time and nothing else.
func TestNetwork_connectionResets(t *testing.T) { overLines(t, connectionResets) }

func connectionResets(t *testing.T, p *user) {
	const size = 96 * mib
	p.line.Rate.Store(32 * mib)
	down, up := p.both(size)
	broken := 0
	for _, part := range []int64{10, 30, 50, 70} {
		p.wait(down, "further on", func(t headless.Transfer) bool { return t.Ended() || t.Progress.Done > part*mib })
		broken += p.line.Reset()
	}
	if broken < 4 {
		t.Errorf("%d connections were broken", broken)
	}
	p.line.Rate.Store(0)
	p.arrived(down, up, size)
}

// Bytes that change on their way are noticed by their checksums, in both directions: what arrives is what
// was sent.
func TestNetwork_corruptedBytes(t *testing.T) { overLines(t, corruptedBytes) }

func corruptedBytes(t *testing.T, p *user) {
	const size = 48 * mib
	file := filepath.Join(t.TempDir(), "big.bin")
	fill(t, file, size)
	want, err := sumOf(file)
	p.must(err)

	p.line.Spoil(20 * mib)
	up := p.begin(p.upload("", file))
	if got := p.ended(up); got.Phase == "failed" {
		p.must(p.DoTransfer(p.ctx, up, "resume"))
		p.wait(up, "done", func(t headless.Transfer) bool { return t.Phase == "done" })
	}
	p.spoilt()
	back := filepath.Join(t.TempDir(), "back.bin")
	p.must(admin.FGetObject(p.ctx, p.bucket, "big.bin", back, minio.GetObjectOptions{}))
	if got, err := sumOf(back); err != nil || got != want {
		t.Errorf("something else went up: %v", err)
	}

	p.line.Spoil(20 * mib)
	down := p.begin(p.download("big.bin"))
	if got := p.ended(down); got.Phase == "failed" {
		p.onlyTemporary()
		p.must(p.DoTransfer(p.ctx, down, "resume"))
		p.wait(down, "done", func(t headless.Transfer) bool { return t.Phase == "done" })
	}
	p.spoilt()
	if got, err := sumOf(filepath.Join(p.folder, "big.bin")); err != nil || got != want {
		t.Errorf("something else came down: %v", err)
	}
}

// spoilt fails where no byte was changed after all.
func (p *user) spoilt() {
	p.t.Helper()
	if p.line.Spoiling() {
		p.t.Error("no byte was changed")
	}
}

// An object that is replaced while it is fetched, and a file that is changed while it is sent, are said to
// have changed, and arrive as they are now when the transfer is resumed: never as half of each.
func TestResume_changedFiles(t *testing.T) { overLines(t, changedFiles) }

func changedFiles(t *testing.T, p *user) {
	const size = 288 * mib // more than is asked for at once
	old, fresh := filepath.Join(t.TempDir(), "file.bin"), filepath.Join(t.TempDir(), "new.bin")
	fill(t, old, size)
	fill(t, fresh, size+1)
	newer, err := sumOf(fresh)
	p.must(err)
	_, err = admin.FPutObject(p.ctx, p.bucket, "object.bin", old, minio.PutObjectOptions{})
	p.must(err)
	p.line.Rate.Store(40 * mib)
	down := p.begin(p.download("object.bin"))
	p.wait(down, "on its way", func(t headless.Transfer) bool { return t.Progress.Done > size/8 })
	_, err = admin.FPutObject(p.ctx, p.bucket, "object.bin", fresh, minio.PutObjectOptions{})
	p.must(err)
	p.line.Rate.Store(0)
	p.told(down, "transfer-changed", p.onlyTemporary)
	if got, err := sumOf(filepath.Join(p.folder, "object.bin")); err != nil || got != newer {
		t.Errorf("what came down is not the newer object: %v", err)
	}

	p.line.Rate.Store(40 * mib)
	up := p.begin(p.upload("", old))
	p.wait(up, "on its way", func(t headless.Transfer) bool { return t.Progress.Done > size/8 })
	data, err := os.ReadFile(fresh)
	p.must(err)
	p.must(os.WriteFile(old, data, 0o600))
	later := time.Now().Add(time.Minute)
	p.must(os.Chtimes(old, later, later))
	p.line.Rate.Store(0)
	p.told(up, "file-changed", func() {
		if _, err := admin.StatObject(p.ctx, p.bucket, "file.bin", minio.StatObjectOptions{}); err == nil {
			t.Error("half of each went up")
		}
	})
	back := filepath.Join(t.TempDir(), "back.bin")
	p.must(admin.FGetObject(p.ctx, p.bucket, "file.bin", back, minio.GetObjectOptions{}))
	if got, err := sumOf(back); err != nil || got != newer {
		t.Errorf("what went up is not the newer file: %v", err)
	}
}

// told waits until a transfer has ended with a problem, checks what is there then, and has it go on.
func (p *user) told(id, code string, check func()) {
	p.t.Helper()
	got := p.ended(id)
	if len(got.Failures) != 1 || got.Failures[0].Problem.Code != code || got.Failures[0].Problem.NextStep == "" {
		p.t.Fatalf("it ended %+v", got)
	}
	check()
	p.must(p.DoTransfer(p.ctx, id, "resume"))
	p.wait(id, "done", func(t headless.Transfer) bool { return t.Phase == "done" })
}
