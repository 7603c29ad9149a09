// Minioclient is a program on minio-go that works for longer than its first keys live.
//
//	minioclient profile|endpoint FILE PROFILE ENDPOINT KEY
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"github.com/minio/minio-go/v7/pkg/credentials"
)

// long is longer than the keys of the tests live.
const long = 35 * time.Second

func main() {
	if err := work(os.Args[1], os.Args[2], os.Args[3], os.Args[4], os.Args[5]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Println("renewed")
}

func work(way, file, profile, endpoint, key string) error {
	keys := credentials.NewFileAWSCredentials(file, profile)
	if way == "endpoint" {
		keys = credentials.NewIAM("")
	}
	client, err := minio.New(strings.TrimPrefix(endpoint, "http://"), &minio.Options{Creds: keys})
	if err != nil {
		return err
	}
	ctx := context.Background()
	first, err := keys.Get()
	if err != nil {
		return err
	}
	for end := time.Now().Add(long); time.Now().Before(end); time.Sleep(time.Second) {
		if err := once(ctx, client, key); err != nil {
			return err
		}
	}
	if last, err := keys.Get(); err != nil || last.AccessKeyID == first.AccessKeyID {
		return errors.Join(errors.New("the keys were not renewed"), err)
	}
	return once(ctx, client, key)
}

// once uploads, lists and downloads.
func once(ctx context.Context, client *minio.Client, key string) error {
	const bucket, text = "measurements", "temperature 21.4"
	if _, err := client.PutObject(ctx, bucket, key, strings.NewReader(text), int64(len(text)), minio.PutObjectOptions{}); err != nil {
		return err
	}
	found := false
	for o := range client.ListObjects(ctx, bucket, minio.ListObjectsOptions{Prefix: key}) {
		if o.Err != nil {
			return o.Err
		}
		found = found || o.Key == key
	}
	if !found {
		return errors.New("what was uploaded is not listed")
	}
	object, err := client.GetObject(ctx, bucket, key, minio.GetObjectOptions{})
	if err != nil {
		return err
	}
	defer object.Close()
	body, err := io.ReadAll(object)
	if err == nil && string(body) != text {
		err = fmt.Errorf("%q came back", body)
	}
	return err
}
