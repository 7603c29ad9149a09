package servers

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
	"golang.org/x/sync/errgroup"
)

// patterns is how many objects of a series are uploaded; the others are links to these. File systems
// set a limit to the links of one file: 65,000 on ext4.
const patterns = 100

// series names many small objects that differ in their number.
type series struct {
	bucket string
	// name is the format of a key; it takes the object's number.
	name string
	kind string
	// body is the content of the object with a number. It repeats itself every patterns objects.
	body func(i int) string
}

// raw is the folder of readings in Measurements.
var raw = series{Measurements, "raw/reading-%05d.json", jsonKind, func(i int) string {
	return fmt.Sprintf("{\"temperature_c\": %.1f, \"humidity_percent\": %d}\n", float64(i*37%400)/10-10, 40+i*13%50)
}}

// many is what is in ManyBucket.
var many = series{ManyBucket, "object-%07d.txt", text, func(i int) string {
	return strings.Repeat("A small object.\n", 1+i)
}}

// fillMany makes ManyBucket and puts the objects into it.
func (s *Sandbox) fillMany(ctx context.Context, client *minio.Client) error {
	if err := client.MakeBucket(ctx, ManyBucket, minio.MakeBucketOptions{}); err != nil {
		return err
	}
	s.options.Progress(fmt.Sprintf("Putting %d objects into the bucket %s.", s.options.Objects, ManyBucket))
	start := time.Now()
	if err := s.fillSeries(ctx, client, many, s.options.Objects); err != nil {
		return err
	}
	s.options.Progress(fmt.Sprintf("That took %s.", time.Since(start).Round(100*time.Millisecond)))
	return nil
}

// fillSeries uploads the first of n objects and makes the others of them. MinIO keeps a small object
// as a folder with its name and in it one file, which does not say the name: another folder with a
// link to that file is another object. That takes a hundredth of the time of an upload.
func (s *Sandbox) fillSeries(ctx context.Context, client *minio.Client, of series, n int) error {
	if err := upload(ctx, client, of, min(n, patterns)); err != nil {
		return err
	}
	for i := patterns; i < n; i++ {
		if err := ctx.Err(); err != nil {
			return err
		}
		if err := s.link(of, i%patterns, i); err != nil {
			return err
		}
	}
	return nil
}

func (s *Sandbox) link(of series, from, to int) error {
	target := s.stored(of, to)
	if err := os.Mkdir(target, 0o755); err != nil {
		return err
	}
	return os.Link(filepath.Join(s.stored(of, from), objectFile), filepath.Join(target, objectFile))
}

// objectFile is the file in which MinIO keeps an object, with its content where that is small.
const objectFile = "xl.meta"

// stored is the folder in which MinIO keeps an object.
func (s *Sandbox) stored(of series, i int) string {
	return s.path("minio", of.bucket, filepath.FromSlash(fmt.Sprintf(of.name, i)))
}

func upload(ctx context.Context, client *minio.Client, of series, n int) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(8)
	for i := range n {
		group.Go(func() error {
			return put(ctx, client, of.bucket, []object{{fmt.Sprintf(of.name, i), of.kind, of.body(i)}})
		})
	}
	return group.Wait()
}
