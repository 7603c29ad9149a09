// Sandbox runs a real MinIO and a real Dex on loopback, with people and content to try Daypass with,
// until Ctrl-C.
package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"
	"time"

	"daypass/sandbox/servers"
)

func main() {
	options := servers.Options{Progress: func(s string) { fmt.Fprintln(os.Stderr, s) }}
	flag.StringVar(&options.Bin, "bin", besideMe(), "folder with the programs minio and dex")
	flag.IntVar(&options.MinIOPort, "minio-port", 0, "MinIO's `port`; 0 takes a free one")
	flag.IntVar(&options.DexPort, "dex-port", 0, "Dex's `port`; 0 takes a free one")
	flag.DurationVar(&options.IDTokenLife, "token-life", 2*time.Minute, "how long ID tokens, and with them the keys, live")
	flag.IntVar(&options.Objects, "objects", 0, "put `N` small objects into one more bucket, "+servers.ManyBucket)
	flag.Parse()
	if err := run(options); err != nil {
		fmt.Fprintln(os.Stderr, "sandbox:", err)
		os.Exit(1)
	}
}

// besideMe is the folder of this program, where make leaves the servers as well.
func besideMe() string {
	me, err := os.Executable()
	if err != nil {
		return "."
	}
	return filepath.Dir(me)
}

func run(options servers.Options) error {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	sandbox, err := servers.Start(ctx, options)
	if err != nil {
		return err
	}
	describe(sandbox)
	err = sandbox.Wait(ctx)
	fmt.Fprintln(os.Stderr, "Stopping.")
	if closed := sandbox.Close(); err == nil {
		err = closed
	}
	return err
}

func describe(s *servers.Sandbox) {
	fmt.Printf("MinIO    %s\n", s.Endpoint)
	fmt.Printf("Dex      %s\n", s.Issuer)
	fmt.Printf("Connections for Daypass, where each user's claim names the policy, and where a role has one:\n  %s\n  %s\n",
		s.ClaimConnection, s.RoleConnection)
	fmt.Println("People:")
	for _, u := range servers.Users() {
		fmt.Printf("  %-22s  password %-10s  may %s\n", u.Email, u.Password, u.May)
	}
	fmt.Println("Ctrl-C stops the servers and removes everything.")
}
