// Manywindow is Daypass's window on a place with very many objects, for the benchmarks. It times the
// frames of scrolling, and the first page in turn with a bare request, and prints JSON. It takes
// the server and the keys from the variables that other tools know.
package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	fyneapp "fyne.io/fyne/v2/app"

	"daypass/app"
	"daypass/app/buckets"
	"daypass/auth/secret"
	"daypass/ui"
	"daypass/ui/browser"
	"daypass/ui/uitest"
)

func main() {
	dir, err := os.MkdirTemp("", "many")
	if err == nil {
		err = run(dir, os.Args[1:])
	}
	if err = errors.Join(err, os.RemoveAll(dir)); err != nil {
		fmt.Fprintln(os.Stderr, "manywindow:", err)
		os.Exit(1)
	}
}

// results is what is printed; times are in milliseconds.
type results struct {
	Bare  []float64 `json:"bare"`
	Shown []float64 `json:"shown"`
	Wheel []float64 `json:"wheel"`
	Jumps []float64 `json:"jumps"`
}

// run shows the window on a bucket until everything is measured.
func run(dir string, args []string) error {
	if len(args) != 2 {
		return errors.New("a bucket and the number of its objects are needed")
	}
	bucket := args[0]
	objects, err := strconv.Atoi(args[1])
	if err != nil {
		return err
	}
	// The window goes to where the user was last.
	visited := fmt.Sprintf(`{"research-lake": {"last": "s3://%s/"}}`, bucket)
	if err := os.WriteFile(filepath.Join(dir, "places.json"), []byte(visited), 0o600); err != nil {
		return err
	}
	session := uitest.SignedOut()
	session.Phase, session.Endpoint = "active", os.Getenv("S3_ENDPOINT_URL")
	session.IssuedAt, session.ExpiresAt = time.Now(), time.Now().Add(time.Hour)
	core := uitest.NewCore(app.Snapshot{Revision: 1, Sessions: []app.Session{session}})
	w := ui.New(fyneapp.NewWithID("io.github.daypass.ManyWindow"), ui.Options{
		Connect: func(context.Context) (app.Core, error) { return core, nil },
		Storage: func(s app.Session, _ buckets.CredentialSource) (browser.Storage, error) {
			return browser.OpenStorage(s, keys)
		},
		Dispatch: fyne.Do, Selected: session.ID, StateDir: dir,
	})
	w.Start()
	var failed error
	var found results
	go func() {
		found, failed = measure(w, bucket, objects)
		fyne.Do(w.Window().Close)
	}()
	w.Window().ShowAndRun()
	return errors.Join(failed, json.NewEncoder(os.Stdout).Encode(found))
}

func keys(context.Context) (app.Credentials, error) {
	return app.Credentials{
		AccessKeyID:     os.Getenv("AWS_ACCESS_KEY_ID"),
		SecretAccessKey: secret.New(os.Getenv("AWS_SECRET_ACCESS_KEY")),
		SessionToken:    secret.New(os.Getenv("AWS_SESSION_TOKEN")),
	}, nil
}
