package transfers

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"daypass/sandbox/servers"
)

// rclone runs the real rclone with a remote "s3:" for the sandbox's MinIO.
func (p *user) rclone(args ...string) string {
	p.t.Helper()
	program, err := exec.LookPath("rclone")
	p.must(err)
	keys, err := admin.GetCreds()
	p.must(err)
	cmd := exec.CommandContext(p.ctx, program, args...)
	cmd.Env = []string{
		"HOME=" + p.t.TempDir(), "RCLONE_CONFIG=" + os.DevNull, "RCLONE_CONFIG_S3_TYPE=s3", "RCLONE_CONFIG_S3_PROVIDER=Minio",
		"RCLONE_CONFIG_S3_ENDPOINT=" + world.Endpoint, "RCLONE_CONFIG_S3_REGION=us-east-1",
		"RCLONE_CONFIG_S3_ACCESS_KEY_ID=" + keys.AccessKeyID, "RCLONE_CONFIG_S3_SECRET_ACCESS_KEY=" + keys.SecretAccessKey,
	}
	out, err := cmd.CombinedOutput()
	if err != nil {
		p.t.Fatalf("rclone %q: %v\n%s", args, err, out)
	}
	return string(out)
}

// Times go up as rclone notes them and come down as rclone noted them, so that a sync has nothing to do afterwards.
func TestRclone_nothingToSync(t *testing.T) {
	p := newUser(t, servers.Ada)
	at := time.Date(2019, 3, 4, 5, 6, 7, 123456789, time.UTC)
	tree := filepath.Join(t.TempDir(), "tree")
	for name, size := range map[string]int64{"small.csv": 10, "sub/large.bin": 48*mib + 1} {
		fill(t, filepath.Join(tree, name), size)
		p.must(os.Chtimes(filepath.Join(tree, name), at, at))
	}
	p.done(p.begin(p.upload("", tree)))
	there := "s3:" + p.bucket
	if out := p.rclone("sync", "-v", tree, there+"/tree"); !strings.Contains(out, "nothing to transfer") {
		t.Errorf("after an upload it copied:\n%s", out)
	}
	p.rclone("copy", tree, there+"/theirs")
	p.done(p.begin(p.download("theirs/")))
	if out := p.rclone("sync", "-v", there+"/theirs", filepath.Join(p.folder, "theirs")); !strings.Contains(out, "nothing to transfer") {
		t.Errorf("after a download it copied:\n%s", out)
	}
}
