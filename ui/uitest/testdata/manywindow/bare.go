package main

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"time"

	"github.com/minio/minio-go/v7/pkg/signer"

	"daypass/ui/browser/listing"
)

// bare sends the one request that nobody can do without, and reads the answer.
func bare(bucket string) (float64, error) {
	start := time.Now()
	address := fmt.Sprintf("%s/%s/?list-type=2&delimiter=%%2F&max-keys=%d", os.Getenv("S3_ENDPOINT_URL"), bucket, listing.PageSize)
	req, err := http.NewRequestWithContext(context.Background(), http.MethodGet, address, http.NoBody)
	if err != nil {
		return 0, err
	}
	req.Header.Set("X-Amz-Content-Sha256", "UNSIGNED-PAYLOAD")
	req = signer.SignV4(*req, os.Getenv("AWS_ACCESS_KEY_ID"), os.Getenv("AWS_SECRET_ACCESS_KEY"), os.Getenv("AWS_SESSION_TOKEN"), os.Getenv("AWS_REGION"))
	answer, err := http.DefaultClient.Do(req)
	if err != nil {
		return 0, err
	}
	defer answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		return 0, fmt.Errorf("the bare request: %s", answer.Status)
	}
	_, err = io.Copy(io.Discard, answer.Body)
	return milliseconds(time.Since(start)), err
}
