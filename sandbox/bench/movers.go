package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"

	"daypass/sandbox/headless"
	"daypass/sandbox/servers"
	"daypass/sandbox/slowproxy"
)

// mover is a program that moves files, with one way of doing each thing.
type mover struct {
	name string
	// put sends a file, or everything in a folder, to a prefix that ends in "/"; get fetches an object,
	// or everything below a prefix, into a folder.
	put, get func(ctx context.Context, from, to string) error
}

// moverBench is where programs move files for a while.
type moverBench struct {
	rig  *headless.Rig
	keys headless.Keys
	env  []string
	dir  string
	host string
	// bucket is where the files are.
	bucket string
	line   *slowproxy.Line // nil for none
}

// newMoverBench signs somebody in on a computer of their own.
func newMoverBench(ctx context.Context, sandbox *servers.Sandbox, bin string) (*moverBench, error) {
	return newMoverBenchAt(ctx, sandbox, bin, sandbox.Endpoint)
}

// newMoverBenchAt is newMoverBench with another way to the storage.
func newMoverBenchAt(ctx context.Context, sandbox *servers.Sandbox, bin, endpoint string) (*moverBench, error) {
	r, err := headless.New(ctx, headless.Options{Program: filepath.Join(bin, "daypass"), NoKeyring: true})
	if err != nil {
		return nil, err
	}
	b := &moverBench{rig: r, host: strings.TrimPrefix(endpoint, "http://"), bucket: "speed"}
	if err := b.signIn(ctx, sandbox.ClaimConnection, sandbox.Endpoint, endpoint); err != nil {
		b.close()
		return nil, err
	}
	b.env = append(os.Environ(), "HOME="+r.Path("home"), "AWS_CA_BUNDLE=", "PATH="+bin+":"+os.Getenv("PATH"),
		"AWS_ACCESS_KEY_ID="+b.keys.AccessKeyID, "AWS_SECRET_ACCESS_KEY="+b.keys.SecretAccessKey,
		"AWS_SESSION_TOKEN="+b.keys.SessionToken, "AWS_REGION=us-east-1", "S3_ENDPOINT_URL="+endpoint,
		fmt.Sprintf("MC_HOST_lake=http://%s:%s:%s@%s", b.keys.AccessKeyID, b.keys.SecretAccessKey, b.keys.SessionToken, b.host),
		"RCLONE_CONFIG_LAKE_TYPE=s3", "RCLONE_CONFIG_LAKE_PROVIDER=Minio", "RCLONE_CONFIG_LAKE_ENV_AUTH=true",
		"RCLONE_CONFIG_LAKE_ENDPOINT="+endpoint)
	return b, nil
}

// signIn signs in to the connection of a file, with another endpoint in place of its own.
func (b *moverBench) signIn(ctx context.Context, file, from, to string) (err error) {
	if b.dir, err = os.MkdirTemp("", "speed"); err != nil {
		return err
	}
	connection, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := b.rig.AddConnection("sandbox", []byte(strings.Replace(string(connection), from, to, 1))); err != nil {
		return err
	}
	if err := b.rig.Start(ctx); err != nil {
		return err
	}
	if err := b.rig.SignIn(ctx, "sandbox", servers.Ada); err != nil {
		return err
	}
	b.keys, err = b.rig.Keys(ctx, "sandbox")
	return err
}

func (b *moverBench) close() {
	_ = b.rig.Close()
	if b.line != nil {
		b.line.Close()
	}
	if b.dir != "" {
		_ = os.RemoveAll(b.dir)
	}
}

// movers are Daypass and its peers, each as it is by itself.
func (b *moverBench) movers() []mover {
	s3 := "s3://" + b.bucket + "/"
	return []mover{
		{"Daypass", b.upload, b.download},
		{
			"mc", func(ctx context.Context, from, to string) error {
				if isDir(from) {
					return b.run(ctx, "mc", "cp", "--quiet", "--recursive", from+"/", "lake/"+b.bucket+"/"+to)
				}
				return b.run(ctx, "mc", "cp", "--quiet", from, "lake/"+b.bucket+"/"+to)
			}, func(ctx context.Context, from, to string) error {
				if isPrefix(from) {
					return b.run(ctx, "mc", "cp", "--quiet", "--recursive", "lake/"+b.bucket+"/"+from, to+"/")
				}
				return b.run(ctx, "mc", "cp", "--quiet", "lake/"+b.bucket+"/"+from, to+"/")
			},
		},
		{
			"rclone", func(ctx context.Context, from, to string) error {
				return b.run(ctx, "rclone", "copy", from, "lake:"+b.bucket+"/"+to)
			}, func(ctx context.Context, from, to string) error {
				return b.run(ctx, "rclone", "copy", "lake:"+b.bucket+"/"+from, to)
			},
		},
		{
			"s5cmd", func(ctx context.Context, from, to string) error {
				if isDir(from) {
					from += "/"
				}
				return b.run(ctx, "s5cmd", "--log", "error", "cp", from, s3+to)
			}, func(ctx context.Context, from, to string) error {
				if isPrefix(from) {
					from += "*"
				}
				return b.run(ctx, "s5cmd", "--log", "error", "cp", s3+from, to+"/")
			},
		},
	}
}

func isDir(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.IsDir()
}

func isPrefix(key string) bool { return strings.HasSuffix(key, "/") }

func (b *moverBench) run(ctx context.Context, name string, args ...string) error {
	cmd := b.command(ctx, name, args...)
	out := new(strings.Builder)
	cmd.Stdout, cmd.Stderr = io.Discard, out
	if err := cmd.Run(); err != nil {
		return fmt.Errorf("%s: %w: %s", name, err, out)
	}
	return nil
}

// command prepares a program, which is looked for in the bench's own folder of programs first.
func (b *moverBench) command(ctx context.Context, name string, args ...string) *exec.Cmd {
	path := name
	for _, entry := range b.env {
		if dirs, found := strings.CutPrefix(entry, "PATH="); found {
			for _, dir := range filepath.SplitList(dirs) {
				if info, err := os.Stat(filepath.Join(dir, name)); err == nil && info.Mode().Perm()&0o111 != 0 {
					path = filepath.Join(dir, name)
					break
				}
			}
		}
	}
	cmd := exec.CommandContext(ctx, path, args...)
	cmd.Env = b.env
	return cmd
}

func (b *moverBench) upload(ctx context.Context, from, to string) error {
	return b.move(ctx, headless.Request{Direction: "upload", Paths: []string{from}, Prefix: to})
}

func (b *moverBench) download(ctx context.Context, from, to string) error {
	return b.move(ctx, headless.Request{Direction: "download", Objects: []headless.Object{{Key: from}}, Folder: to})
}

// move has the agent move files, from the request to the last list.
func (b *moverBench) move(ctx context.Context, r headless.Request) error {
	r.Connection, r.Bucket = "sandbox", b.bucket
	id, err := b.rig.StartTransfer(ctx, r)
	if err != nil {
		return err
	}
	end, err := b.rig.WaitTransfer(ctx, id, headless.Transfer.Ended)
	if err == nil && end.Phase != "done" {
		err = fmt.Errorf("it ended %+v, %+v", end, end.Problem)
	}
	return err
}
