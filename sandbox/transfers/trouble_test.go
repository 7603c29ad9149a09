package transfers

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/minio/minio-go/v7"

	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
)

// waitAsking waits until a transfer waits for an answer and for nothing else, and gives its question.
func (p *user) waitAsking(id string) string {
	p.t.Helper()
	return p.wait(id, "asking", func(t headless.Transfer) bool { return t.Phase == "asking" }).Question.ID
}

// both begins a download and an upload of a file each.
func (p *user) both(size int64) (down, up string) {
	p.t.Helper()
	file := filepath.Join(p.t.TempDir(), "big.bin")
	fill(p.t, file, size)
	_, err := admin.FPutObject(p.ctx, p.bucket, "there.bin", file, minio.PutObjectOptions{})
	p.must(err)
	return p.begin(p.download("there.bin")), p.begin(p.upload("sent/", file))
}

// arrived fails unless both have arrived whole.
func (p *user) arrived(down, up string, size int64) {
	p.t.Helper()
	p.done(down)
	p.done(up)
	info, err := os.Stat(filepath.Join(p.folder, "there.bin"))
	p.must(err)
	sent, err := admin.StatObject(p.ctx, p.bucket, "sent/big.bin", minio.StatObjectOptions{Checksum: true})
	p.must(err)
	if info.Size() != size || sent.Size != size || sent.ChecksumCRC32C == "" {
		p.t.Errorf("%d bytes came down and %d went up, with the checksum %q", info.Size(), sent.Size, sent.ChecksumCRC32C)
	}
	back := filepath.Join(p.t.TempDir(), "back.bin")
	p.must(admin.FGetObject(p.ctx, p.bucket, "sent/big.bin", back, minio.GetObjectOptions{}))
	one, err := sumOf(back)
	p.must(err)
	two, err := sumOf(filepath.Join(p.folder, "there.bin"))
	p.must(err)
	if one != two {
		p.t.Error("what came down is not what went up")
	}
	if left, err := filepath.Glob(filepath.Join(p.folder, ".daypass-*")); err != nil || len(left) != 0 {
		p.t.Errorf("left behind: %q, %v", left, err)
	}
}

func (p *user) renewals() int {
	p.t.Helper()
	s, err := p.Session(p.ctx, "lake")
	p.must(err)
	return s.Renewals
}

// The keys are renewed three times and more while files move, and nothing of it is seen.
func TestRenewal_duringTransfer(t *testing.T) {
	const size = 96 * mib
	p := newUser(t, servers.Ada)
	p.line.Rate.Store(size / 45) // too slow for either to end before the third
	before := p.renewals()
	down, up := p.both(size)
	p.wait(down, "nearly done", func(t headless.Transfer) bool {
		if t.Phase == "waiting" || t.Failed > 0 {
			p.t.Errorf("a renewal was noticed: %+v, %+v", t, t.Problem)
		}
		return t.Ended() || p.renewals()-before >= 3
	})
	if n := p.renewals() - before; n < 3 {
		t.Fatalf("%d renewals were too few to say anything", n)
	}
	if got, err := p.Transfer(p.ctx, down); err != nil || got.Ended() {
		t.Fatalf("the download ended before the third renewal: %+v, %v", got, err)
	}
	p.line.Rate.Store(0)
	p.arrived(down, up, size)
}

// outage is how long the server is gone.
const outage = 60 * time.Second

// A server that is gone for a minute is waited for, although the keys end in the meantime.
func TestOutage_ofAMinute(t *testing.T) {
	const size = 64 * mib
	p := newUser(t, servers.Ada)
	p.line.Rate.Store(4 * mib)
	down, up := p.both(size)
	for _, id := range []string{down, up} {
		p.wait(id, "on its way", func(t headless.Transfer) bool { return t.Progress.Done > 4*mib })
	}
	p.must(world.StopMinIO())
	interrupted := time.Now()
	for _, id := range []string{down, up} {
		got := p.wait(id, "waiting", func(t headless.Transfer) bool { return t.Phase == "waiting" })
		if got.Problem == nil || got.Problem.Title == "" || got.Problem.NextStep == "" {
			t.Errorf("it waits without a word: %+v", got.Problem)
		}
	}
	p.onlyTemporary()
	time.Sleep(time.Until(interrupted.Add(outage)))
	p.must(world.StartMinIO(p.ctx))
	p.line.Rate.Store(0)
	p.arrived(down, up, size)
}

// An agent that is killed leaves nothing that looks whole, and the next one goes on from there.
func TestKilledAgent_transfersResume(t *testing.T) {
	const size = 128 * mib
	p := newUser(t, servers.Ada)
	p.line.Rate.Store(16 * mib)
	down, up := p.both(size)
	for _, id := range []string{down, up} {
		p.wait(id, "half-way", func(t headless.Transfer) bool { return t.Progress.Done > size/2 })
	}
	p.Kill()
	p.onlyTemporary()
	p.line.Rate.Store(0)
	before := p.line.Carried.Load()
	p.must(p.Start(p.ctx))
	p.must(p.SignIn(p.ctx, "lake", servers.Ada))
	p.arrived(down, up, size)
	// At most four parts of each were in the air, and half of both was done.
	if again := p.line.Carried.Load() - before; again > size+2*4*16*mib+8*mib {
		t.Errorf("%d MiB were carried again", again/mib)
	}
}

func TestKilledAgent_manySmallFiles(t *testing.T) {
	p := newUser(t, servers.Ada)
	p.line.Rate.Store(4 * mib)
	r := p.download("raw/")
	r.Bucket = servers.Measurements
	id := p.begin(r)
	p.wait(id, "on its way", func(t headless.Transfer) bool { return t.Done > 300 })
	p.Kill()
	p.line.Rate.Store(0)
	p.must(p.Start(p.ctx))
	p.must(p.SignIn(p.ctx, "lake", servers.Ada))
	if got := p.done(id); got.Done != servers.RawReadings || got.Skipped != 0 {
		t.Errorf("got %+v", got)
	}
	if files := sums(t, p.folder); len(files) != servers.RawReadings {
		t.Errorf("%d files", len(files))
	}
}

// A user who may only read cannot upload.
func TestUpload_readOnlyUser(t *testing.T) {
	p := newUser(t, servers.Reader)
	for i := range 100 {
		fill(t, filepath.Join(p.folder, "in", fmt.Sprint(i)), 10)
	}
	r := p.upload("", filepath.Join(p.folder, "in"))
	r.Bucket = servers.Measurements
	got := p.ended(p.begin(r))
	if got.Phase != "failed" || got.Problem == nil || got.Problem.Code != "storage-denied" || !strings.Contains(got.Problem.Detail, "upload") {
		t.Errorf("got %+v, %+v", got, got.Problem)
	}
	if got.Failed > 50 {
		t.Errorf("%d files were tried", got.Failed)
	}
	r = p.download("raw/")
	r.Bucket, r.Folder = servers.Measurements, t.TempDir()
	p.done(p.begin(r))
	if got := p.ended(p.begin(p.download(""))); got.Phase != "failed" || got.Problem == nil || got.Problem.Code != "storage-denied" {
		t.Errorf("a bucket of somebody else: %+v, %+v", got, got.Problem)
	}
}

// Somebody who may not list all buckets moves files in theirs.
func TestTransfers_withoutListBuckets(t *testing.T) {
	p := newUser(t, servers.NoList)
	fill(t, filepath.Join(p.folder, "up", "big.bin"), 40*mib)
	fill(t, filepath.Join(p.folder, "up", "small"), 4)
	r := p.upload("", filepath.Join(p.folder, "up"))
	r.Bucket = servers.PartnerShare
	p.done(p.begin(r))
	r = p.download("up/")
	r.Bucket, r.Folder = servers.PartnerShare, t.TempDir()
	p.done(p.begin(r))
	if files := sums(t, r.Folder); len(files) != 2 {
		t.Errorf("%d files came down", len(files))
	}
}

// What the disk has no room for is said in a line, nothing half is left looking whole, and with more
// room it goes on.
func TestDownload_fullDisk(t *testing.T) {
	p := newUser(t, servers.Ada)
	disk := t.TempDir()
	if err := mount(disk, "size=20m"); err != nil {
		t.Fatalf("this test needs the right to mount a small disk: %v", err)
	}
	t.Cleanup(func() { _ = unmount(disk) })
	p.folder = disk
	file := filepath.Join(t.TempDir(), "big.bin")
	fill(t, file, 64*mib)
	_, err := admin.FPutObject(p.ctx, p.bucket, "big.bin", file, minio.PutObjectOptions{})
	p.must(err)
	id := p.begin(p.download("big.bin"))
	got := p.ended(id)
	if got.Phase != "failed" || got.Problem == nil || got.Problem.Code != "disk-full" || !strings.Contains(got.Problem.NextStep, "Free some space") {
		t.Errorf("got %+v, %+v", got, got.Problem)
	}
	p.onlyTemporary()
	p.must(remount(disk, "size=100m"))
	p.must(p.DoTransfer(p.ctx, id, "resume"))
	p.wait(id, "done", func(t headless.Transfer) bool { return t.Phase == "done" })
	one, err := sumOf(filepath.Join(disk, "big.bin"))
	p.must(err)
	if two, err := sumOf(file); err != nil || one != two {
		t.Errorf("it came down otherwise: %v", err)
	}

	p.must(remount(disk, "ro"))
	r := p.download("big.bin")
	r.Folder = filepath.Join(disk, "folder")
	if got := p.ended(p.begin(r)); got.Problem == nil || got.Problem.Code != "disk-read-only" {
		t.Errorf("a read-only disk: %+v, %+v", got, got.Problem)
	}
}

// No secret is on the disk, whatever happens to the transfers.
func TestRule32_transfersWriteNoSecret(t *testing.T) {
	p := newUser(t, servers.Ada)
	keys, err := p.Keys(p.ctx, "lake")
	p.must(err)
	fill(t, filepath.Join(p.folder, "a"), 40*mib)
	p.done(p.begin(p.upload("", filepath.Join(p.folder, "a"))))
	r := p.download("a")
	r.Folder = t.TempDir()
	p.done(p.begin(r))
	journals, err := filepath.Glob(p.Path("state", "transfers", "*"))
	if err != nil || len(journals) != 2 {
		t.Fatalf("journals: %q, %v", journals, err)
	}
	for _, file := range append(journals, p.Log()) {
		text, err := os.ReadFile(file)
		p.must(err)
		for _, secret := range []string{keys.AccessKeyID, keys.SecretAccessKey, keys.SessionToken} {
			if strings.Contains(string(text), secret) {
				t.Errorf("%s has a secret", file)
			}
		}
		info, err := os.Stat(file)
		if err = errors.Join(err); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: %v, %v", file, info.Mode(), err)
		}
	}
}
