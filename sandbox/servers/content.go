package servers

import (
	"bytes"
	"context"
	"fmt"
	"strings"

	"github.com/minio/minio-go/v7"
)

// The buckets of every sandbox.
const (
	// Measurements holds folders with text, CSV and JSON, and one folder of more than two pages.
	Measurements = "measurements"
	// Pictures holds images.
	Pictures = "pictures"
	// Archive is versioned: objects with several versions, and one that is deleted.
	Archive = "archive"
	// Names holds names in several scripts and names that mean harm.
	Names = "names"
	// PartnerShare is the bucket that NoList may use.
	PartnerShare = "partner-share"
	// Empty holds nothing.
	Empty = "empty"
	// ManyBucket holds as many small objects as the options say, and is there only then.
	ManyBucket = "many"
)

// RawReadings is how many objects are in the folder raw/ of the bucket Measurements.
const RawReadings = 2500

// object is one to put into a bucket.
type object struct{ key, kind, body string }

// fill makes the buckets and puts their content into them.
func (s *Sandbox) fill(ctx context.Context, client *minio.Client) error {
	for bucket, objects := range map[string][]object{
		Measurements: measurements(), Pictures: pictures(), Archive: nil, Names: names(), PartnerShare: partnerShare(), Empty: nil,
	} {
		if err := client.MakeBucket(ctx, bucket, minio.MakeBucketOptions{}); err != nil {
			return err
		}
		if err := put(ctx, client, bucket, objects); err != nil {
			return err
		}
	}
	if err := fillArchive(ctx, client); err != nil {
		return err
	}
	if err := s.fillSeries(ctx, client, raw, RawReadings); err != nil {
		return err
	}
	if s.options.Objects > 0 {
		return s.fillMany(ctx, client)
	}
	return nil
}

func put(ctx context.Context, client *minio.Client, bucket string, objects []object) error {
	for _, o := range objects {
		_, err := client.PutObject(ctx, bucket, o.key, strings.NewReader(o.body), int64(len(o.body)), minio.PutObjectOptions{ContentType: o.kind})
		if err != nil {
			return fmt.Errorf("%s: %q: %w", bucket, o.key, err)
		}
	}
	return nil
}

const (
	text     = "text/plain; charset=utf-8"
	markdown = "text/markdown; charset=utf-8"
	csv      = "text/csv; charset=utf-8"
	jsonKind = "application/json"
)

func measurements() []object {
	objects := []object{
		{"README.md", markdown, readme},
		{"stations.csv", csv, "id,name,latitude,longitude,altitude_m\nA1,Harbour,54.78,9.43,4\nB2,Ridge,54.81,9.31,87\nC3,Marsh,54.88,8.86,1\n"},
		{"config/sensors.json", jsonKind, "{\n  \"interval_s\": 600,\n  \"sensors\": [\"temperature\", \"humidity\", \"wind\"],\n  \"calibrated\": \"2025-11-03\"\n}\n"},
		{"config/alerts.json", jsonKind, "{\"frost\": {\"below_c\": 0}, \"storm\": {\"above_m_s\": 24.5}}\n"},
		{"notes/2025-03-equinox.txt", text, "The ridge station lost power on the night of the equinox.\nReadings from 02:10 to 05:40 are missing.\n"},
		{"notes/handover.txt", text, strings.Repeat("Every reading is kept as it came; corrections go into a file beside it.\n", 400)},
		{"incoming/", "application/x-directory", ""}, // a folder that somebody made and left empty
	}
	for month := 1; month <= 12; month++ {
		objects = append(objects, object{fmt.Sprintf("2025/%02d/harbour.csv", month), csv, readings(month)})
	}
	return objects
}

const readme = `# Measurements

Air temperature, humidity and wind at three stations, every ten minutes.

- One folder a year, one a month in it, one CSV file a station.
- The raw readings, one file each, are in raw/.
- Where the stations are: stations.csv.
`

// readings is one month of a station; the numbers follow from the month alone.
func readings(month int) string {
	var b strings.Builder
	b.WriteString("time,temperature_c,humidity_percent,wind_m_s\n")
	for day := 1; day <= 28; day++ {
		for hour := 0; hour < 24; hour += 6 {
			n := month*31*24 + day*24 + hour
			fmt.Fprintf(&b, "2025-%02d-%02dT%02d:00:00Z,%.1f,%d,%.1f\n", month, day, hour,
				float64(6*(7-abs(7-month)))-10+float64(n%7), 40+n*13%50, float64(n*17%240)/10)
		}
	}
	return b.String()
}

func abs(n int) int { return max(n, -n) }

func partnerShare() []object {
	return []object{
		{"for-partners.txt", text, "What lies here is shared between us and our partners. Nothing else is.\n"},
		{"contracts/2025-draft.txt", text, "Draft. Not signed.\n"},
		{"deliveries/2025-06.csv", csv, "item,count\nbuoy,4\nanemometer,2\n"},
	}
}

// fillArchive makes Archive versioned, with three versions of one object and with one deleted.
func fillArchive(ctx context.Context, client *minio.Client) error {
	if err := client.EnableVersioning(ctx, Archive); err != nil {
		return err
	}
	for _, body := range []string{"First plan: two stations.\n", "Second plan: three stations.\n", "Third plan: three stations, one on the ridge.\n"} {
		if err := put(ctx, client, Archive, []object{{"plans/network.txt", text, body}}); err != nil {
			return err
		}
	}
	err := put(ctx, client, Archive, []object{
		{"plans/budget.csv", csv, "year,amount\n2024,12000\n2025,14500\n"},
		{"retired/old-station.txt", text, "Taken down in 2023.\n"},
		{"dump.bin", "application/octet-stream", string(bytes.Repeat([]byte{0, 1, 2, 253, 254, 255}, 20_000))},
	})
	if err != nil {
		return err
	}
	return client.RemoveObject(ctx, Archive, "retired/old-station.txt", minio.RemoveObjectOptions{})
}
