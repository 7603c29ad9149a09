package remote

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/minio/minio-go/v7"
)

// mtimeName is the metadata in which rclone notes when a file was last modified: seconds since 1970, with a fraction. An
// upload notes it too, and a download honors it, so that a later sync by time has nothing to do.
const mtimeName = "Mtime"

// formatMtime writes a time as rclone does.
func formatMtime(t time.Time) string {
	seconds, nanoseconds := t.Unix(), int64(t.Nanosecond())
	sign := ""
	if seconds < 0 && nanoseconds > 0 {
		seconds, nanoseconds = seconds+1, 1e9-nanoseconds
	}
	if t.Unix() < 0 {
		sign, seconds = "-", -seconds
	}
	text := sign + strconv.FormatInt(seconds, 10)
	if nanoseconds == 0 {
		return text
	}
	return text + strings.TrimRight(fmt.Sprintf(".%09d", nanoseconds), "0")
}

// parseMtime reads a time as rclone writes it; the zero time is none. Times before 1678 and after 2262, which not every file
// system has, are none.
func parseMtime(text string) time.Time {
	whole, fraction, _ := strings.Cut(strings.TrimPrefix(text, "-"), ".")
	seconds, err := strconv.ParseUint(whole, 10, 33)
	if err != nil || len(fraction) > 9 {
		return time.Time{}
	}
	nanoseconds, err := strconv.ParseUint((fraction + "000000000")[:9], 10, 31)
	if err != nil {
		return time.Time{}
	}
	if strings.HasPrefix(text, "-") {
		return time.Unix(-int64(seconds), -int64(nanoseconds))
	}
	return time.Unix(int64(seconds), int64(nanoseconds))
}

// ModifiedOf returns when the content of an object was last modified: what its writer noted, or else when it was written to
// the server.
func ModifiedOf(info minio.ObjectInfo) time.Time {
	if t := parseMtime(info.UserMetadata[mtimeName]); !t.IsZero() {
		return t
	}
	return info.LastModified
}
