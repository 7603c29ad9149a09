package realwindow

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"strings"
	"time"
)

// names are the objects of the bucket; folders end with a slash. One is in a script of many letters, one in a script
// that no font of a desktop has, one is written from right to left.
var names = []string{"2024/", "2025/", "README.md", "readings.parquet", "stations.json", "漢字.txt", "𓀀𓀁𓂀.txt", "z-שלום.txt", "z-👩‍💻👨‍👩‍👧👍🏽.txt", "z-สวัสดี.txt", "z-नमस्ते.txt"}

// longBucket has more objects than a window shows.
const longBucket, longCount = "reports", 200

// namesOf returns what is in a folder of a bucket.
func namesOf(bucket string) []string {
	if bucket != longBucket {
		return names
	}
	many := make([]string, longCount)
	for n := range many {
		many[n] = fmt.Sprintf("report-%d.csv", n)
	}
	return many
}

// store is as much of an S3 server as a listing needs.
type store struct{}

type bucketList struct {
	XMLName xml.Name     `xml:"ListAllMyBucketsResult"`
	Buckets []bucketLine `xml:"Buckets>Bucket"`
}

type bucketLine struct{ Name, CreationDate string }

type objectList struct {
	XMLName        xml.Name `xml:"ListBucketResult"`
	Name, Prefix   string
	IsTruncated    bool
	Contents       []objectLine
	CommonPrefixes []prefixLine
}

type objectLine struct {
	Key, LastModified, ETag string
	Size                    int
}

type prefixLine struct{ Prefix string }

// ServeHTTP implements http.Handler.
func (store) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	bucket := strings.Trim(r.URL.Path, "/")
	w.Header().Set("Content-Type", "application/xml")
	switch q := r.URL.Query(); {
	case r.Method != http.MethodGet:
		w.WriteHeader(http.StatusForbidden)
	case bucket == "":
		answer(w, bucketList{Buckets: []bucketLine{{"measurements", stamp(0)}, {longBucket, stamp(1)}}})
	case q.Has("location"):
		answer(w, struct {
			XMLName xml.Name `xml:"LocationConstraint"`
		}{})
	case q.Has("list-type"):
		answer(w, listing(bucket, q.Get("prefix")))
	default:
		w.WriteHeader(http.StatusForbidden)
	}
}

func listing(bucket, prefix string) objectList {
	list, names := objectList{Name: bucket, Prefix: prefix}, namesOf(bucket)
	for i, name := range names {
		if strings.HasSuffix(name, "/") {
			list.CommonPrefixes = append(list.CommonPrefixes, prefixLine{prefix + name})
			continue
		}
		list.Contents = append(list.Contents, objectLine{Key: prefix + name, LastModified: stamp(i), ETag: `"0"`, Size: 1000 * (len(names) - i)})
	}
	return list
}

func stamp(days int) string {
	return time.Date(2026, time.March, 4-days%3, 9, 12, 0, 0, time.UTC).Format(time.RFC3339)
}

func answer(w http.ResponseWriter, what any) {
	_ = xml.NewEncoder(w).Encode(what)
}
