// Lister loads all of a place in the storage as the window does, without a toolkit, for the
// benchmarks. It takes the server and the keys from the variables that other tools know, and prints
// JSON.
package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/app/location"
	"daypass/auth/secret"
	"daypass/ui/browser/listing"
)

func main() {
	if err := run(location.Location{Bucket: os.Args[1]}); err != nil {
		fmt.Fprintln(os.Stderr, "lister:", err)
		os.Exit(1)
	}
}

func run(at location.Location) error {
	client, err := buckets.Open(buckets.Server{Endpoint: os.Getenv("S3_ENDPOINT_URL"), Region: os.Getenv("AWS_REGION")}, keys)
	if err != nil {
		return err
	}
	defer client.Close()
	before, err := resident()
	if err != nil {
		return err
	}
	n, err := load(client, at)
	if err != nil {
		return err
	}
	after, err := resident()
	if err != nil {
		return err
	}
	return json.NewEncoder(os.Stdout).Encode(map[string]int64{"objects": int64(n), "grown": after - before})
}

func keys(context.Context) (app.Credentials, error) {
	return app.Credentials{
		AccessKeyID:     os.Getenv("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: secret.New(os.Getenv("AWS_SECRET_ACCESS_KEY")),
		SessionToken:    secret.New(os.Getenv("AWS_SESSION_TOKEN")),
	}, nil
}

// load has a browser load the place, with this goroutine as its screen, and counts what is there.
func load(source listing.Source, at location.Location) (int, error) {
	queue := make(chan func())
	b := listing.New(source, func(f func()) { queue <- f }, func() {})
	for b.Go(at); b.Status() == listing.Loading; {
		(<-queue)()
	}
	if p := b.Problem(); p != nil {
		return 0, p
	}
	return b.Len(), nil
}

// resident is how much memory the process has now.
func resident() (int64, error) {
	statm, err := os.ReadFile("/proc/self/statm")
	if err != nil {
		return 0, err
	}
	var size, pages int64
	if _, err := fmt.Sscan(string(statm), &size, &pages); err != nil {
		return 0, err
	}
	return pages * int64(os.Getpagesize()), nil
}
