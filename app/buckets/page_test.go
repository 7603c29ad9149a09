package buckets

import (
	"encoding/xml"
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"
)

const sample = `<?xml version="1.0" encoding="UTF-8"?>
<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lake</Name><Prefix></Prefix><StartAfter/>` +
	`<NextContinuationToken>dG9r+ZW4=</NextContinuationToken><KeyCount>3</KeyCount><MaxKeys>3</MaxKeys><Delimiter>%2F</Delimiter><IsTruncated>true</IsTruncated>` +
	`<Contents><Key>a+b%2Bc%C3%BC.csv</Key><LastModified>2026-11-24T08:10:54.123Z</LastModified><ETag>&#34;abc&#34;</ETag><Size>12400000</Size>` +
	`<Owner><ID>x</ID><DisplayName></DisplayName></Owner><StorageClass>STANDARD</StorageClass></Contents>
	<!-- between --><Contents><Key>&lt;odd&gt; <![CDATA[<cdata>]]></Key><LastModified>2026-11-24T08:10:54Z</LastModified><Size>0</Size></Contents>` +
	`<CommonPrefixes><Prefix>january/</Prefix></CommonPrefixes><EncodingType>url</EncodingType></ListBucketResult>`

func parsed(text string) (answer, error) {
	var a answer
	a.body.WriteString(text)
	err := a.parse()
	if err == nil {
		_, err = a.token(query{})
	}
	return a, err
}

func TestParsePage_fields(t *testing.T) {
	a, err := parsed(sample)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Date(2026, 11, 24, 8, 10, 54, 123e6, time.UTC)
	want := []row{
		{key: []byte("a b+cü.csv"), size: 12400000, modified: at, class: []byte("STANDARD")},
		{key: []byte("<odd> <cdata>"), modified: at.Truncate(time.Second)},
		{key: []byte("january/"), folder: true},
	}
	if !reflect.DeepEqual(a.rows, want) || a.next != "dG9r+ZW4=" {
		t.Fatalf("rows %+v, next %q", a.rows, a.next)
	}
}

// A byte order mark does no harm.
func TestParsePage_byteOrderMark(t *testing.T) {
	a, err := parsed("\ufeff" + sample)
	if err != nil || len(a.rows) != 3 {
		t.Errorf("%d rows, %v", len(a.rows), err)
	}
}

func TestParsePage_refusesOtherXML(t *testing.T) {
	for name, text := range map[string]string{
		"nothing":         ``,
		"a web page":      `<!DOCTYPE html><html><body>Sign in</body></html>`,
		"another answer":  `<ListAllMyBucketsResult></ListAllMyBucketsResult>`,
		"cut":             sample[:len(sample)-30],
		"no way on":       `<ListBucketResult><IsTruncated>true</IsTruncated></ListBucketResult>`,
		"no size":         `<ListBucketResult><Contents><Key>a</Key><Size>-1</Size></Contents></ListBucketResult>`,
		"no time":         `<ListBucketResult><Contents><Key>a</Key><LastModified>2026-13-41T00:00:00.000Z</LastModified></Contents></ListBucketResult>`,
		"no number":       `<ListBucketResult><Contents><Size>many</Size></Contents></ListBucketResult>`,
		"wrong end":       `<ListBucketResult><Contents></ListBucketResult></Contents>`,
		"nested key":      `<ListBucketResult><Contents><Key><b>a</b></Key></Contents></ListBucketResult>`,
		"bad entity":      `<ListBucketResult><Contents><Key>&bomb;</Key></Contents></ListBucketResult>`,
		"open entity":     `<ListBucketResult><Contents><Key>&amp</Key></Contents></ListBucketResult>`,
		"bad escape":      `<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>%zz</Key></Contents></ListBucketResult>`,
		"short escape":    `<ListBucketResult><EncodingType>url</EncodingType><Contents><Key>a%2</Key></Contents></ListBucketResult>`,
		"a document type": `<!DOCTYPE x [<!ENTITY a "b">]><ListBucketResult></ListBucketResult>`,
		"too deep":        "<ListBucketResult>" + strings.Repeat("<a>", 100),
	} {
		if a, err := parsed(text); !errors.Is(err, errNotS3) {
			t.Errorf("%s: rows %v, err %v", name, a.rows, err)
		}
	}
}

// slowResult is the same answer as encoding/xml reads it.
type slowResult struct {
	XMLName               xml.Name `xml:"ListBucketResult"`
	IsTruncated           bool
	NextContinuationToken string
	EncodingType          string
	Contents              []struct {
		Key          string
		LastModified time.Time
		Size         int64
	}
}

// Whatever both readers take, they read alike.
func FuzzParsePage(f *testing.F) {
	f.Add(sample)
	f.Add(`<a:ListBucketResult xmlns:a="b"><Contents><Key>x</Key></Contents></a:ListBucketResult>`)
	f.Add(`<ListBucketResult><Contents><Key>&#x41;&#10;&amp;amp;</Key><Size>5</Size></Contents></ListBucketResult>`)
	f.Fuzz(func(t *testing.T, text string) {
		a, err := parsed(text)
		var slow slowResult
		if err != nil || xml.Unmarshal([]byte(text), &slow) != nil {
			return
		}
		var objects []row
		for _, r := range a.rows {
			if !r.folder {
				objects = append(objects, r)
			}
		}
		if len(objects) != len(slow.Contents) {
			t.Fatalf("%d objects, and encoding/xml has %d", len(objects), len(slow.Contents))
		}
		for i, o := range slow.Contents {
			key := o.Key
			if slow.EncodingType == "url" {
				key, _ = url.QueryUnescape(key)
			}
			if strings.ContainsAny(o.Key, "\r\n\ufffd") {
				continue // encoding/xml changes these
			}
			if string(objects[i].key) != key || !objects[i].modified.Equal(o.LastModified) || objects[i].size != o.Size {
				t.Fatalf("%q %v %v, and encoding/xml has %q %v %v", objects[i].key, objects[i].modified, objects[i].size, key, o.LastModified, o.Size)
			}
		}
	})
}

// pageOf writes a page of n objects as MinIO does.
func pageOf(n int) string {
	var b strings.Builder
	b.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n" + `<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Name>lake</Name><Prefix></Prefix><KeyCount>1000</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>`)
	for i := range n {
		fmt.Fprintf(&b, `<Contents><Key>many/reading-%07d.csv</Key><LastModified>2026-11-24T08:10:54.123Z</LastModified><ETag>&#34;d41d8cd98f00b204e9800998ecf8427e&#34;</ETag><Size>%d</Size><StorageClass>STANDARD</StorageClass></Contents>`, i, 1000+i)
	}
	b.WriteString(`<EncodingType>url</EncodingType></ListBucketResult>`)
	return b.String()
}

func BenchmarkParsePage(b *testing.B) {
	text := []byte(pageOf(1000))
	var a answer
	for b.Loop() {
		a.reset()
		a.body.Write(text)
		if err := a.parse(); err != nil || len(a.rows) != 1000 {
			b.Fatal(err, len(a.rows))
		}
	}
}

func BenchmarkParsePageByEncodingXML(b *testing.B) {
	text := []byte(pageOf(1000))
	for b.Loop() {
		var slow slowResult
		if err := xml.Unmarshal(text, &slow); err != nil || len(slow.Contents) != 1000 {
			b.Fatal(err)
		}
	}
}
