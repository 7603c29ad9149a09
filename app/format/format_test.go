package format

import (
	"math"
	"strings"
	"testing"
	"time"
	_ "time/tzdata" // for systems without a database of their own

	"golang.org/x/text/language"
)

var f Formatter

func TestNumber_languages(t *testing.T) {
	for n, want := range map[int]string{0: "0", 999: "999", 1000: "1,000", 1234567: "1,234,567", -999: "-999", -1000: "-1,000"} {
		if got := f.Number(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestCounted_languages(t *testing.T) {
	for n, want := range map[int]string{0: "0 files", 1: "1 file", 2: "2 files", 12345: "12,345 files"} {
		if got := f.Counted(n, "file", "files"); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
}

func TestBytes_units(t *testing.T) {
	for n, want := range map[int64]string{
		0: "0 B", 999: "999 B", 1000: "1.0 kB", 1049: "1.0 kB", 999_949: "999.9 kB", 999_950: "1.0 MB", 5 << 30: "5.4 GB", math.MaxInt64: "9.2 EB",
	} {
		if got := f.Bytes(n); got != want {
			t.Errorf("%d is %q, want %q", n, got, want)
		}
	}
	if got := f.Rate(2_500_000.7); got != "2.5 MB/s" {
		t.Errorf("%q", got)
	}
}

func TestPercent_languages(t *testing.T) {
	for share, want := range map[float64]string{0: "0 %", 0.499: "49 %", 1: "100 %"} {
		if got := f.Percent(share); got != want {
			t.Errorf("%v is %q, want %q", share, got, want)
		}
	}
}

func TestList_languages(t *testing.T) {
	for want, names := range map[string][]string{"": nil, "a": {"a"}, "a and b": {"a", "b"}, "a, b and c": {"a", "b", "c"}} {
		if got := f.List(names); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestSpan_durations(t *testing.T) {
	const day = 24 * time.Hour
	for _, tt := range []struct {
		d                           time.Duration
		span, largest, hours, clock string
		written                     time.Duration
	}{
		{0, "0 s", "", "", "0:00", 0},
		{59 * time.Second, "59 s", "", "", "0:59", 0},
		{time.Minute, "1 min", "1 min", "1 min", "1:00", time.Minute},
		{59*time.Minute + 59*time.Second, "59 min", "59 min", "59 min", "59:59", 59 * time.Minute},
		{time.Hour, "1 h", "1 h", "1 h 00 min", "60:00", time.Hour},
		{6*time.Hour + 5*time.Minute, "6 h 5 min", "6 h", "6 h 05 min", "365:00", 6 * time.Hour},
		{day + 5*time.Minute, "1 d", "1 d", "24 h 05 min", "1445:00", day},
		{3*day + 4*time.Hour + time.Minute, "3 d 4 h", "3 d", "76 h 01 min", "4561:00", 3 * day},
	} {
		largest, written := f.Largest(tt.d)
		if f.Span(tt.d) != tt.span || largest != tt.largest || written != tt.written || f.Hours(tt.d) != tt.hours || f.Clock(tt.d) != tt.clock {
			t.Errorf("%v: %q, %q (%v), %q, %q", tt.d, f.Span(tt.d), largest, written, f.Hours(tt.d), f.Clock(tt.d))
		}
	}
}

func TestTimes_languages(t *testing.T) {
	zone := time.FixedZone("", 2*3600)
	now := time.Date(2026, 3, 4, 10, 15, 0, 0, zone)
	for _, tt := range []struct {
		at          time.Time
		day, moment string
	}{
		{time.Date(2026, 3, 4, 0, 0, 0, 0, zone), "today 00:00", "today 00:00"},
		{time.Date(2026, 3, 3, 22, 30, 0, 0, time.UTC), "today 00:30", "today 00:30"},
		{time.Date(2026, 3, 3, 23, 59, 0, 0, zone), "yesterday 23:59", "yesterday 23:59"},
		{time.Date(2026, 3, 2, 23, 59, 0, 0, zone), "2 Mar 2026", "2 Mar 2026 23:59"},
		{time.Date(2026, 3, 5, 1, 0, 0, 0, zone), "5 Mar 2026", "tomorrow 01:00"},
		{time.Date(2026, 3, 6, 1, 0, 0, 0, zone), "6 Mar 2026", "6 Mar 2026 01:00"},
	} {
		if day, moment := f.Day(tt.at, now), f.Moment(tt.at, now); day != tt.day || moment != tt.moment {
			t.Errorf("%v is %q and %q, want %q and %q", tt.at, day, moment, tt.day, tt.moment)
		}
	}
	if got := f.Day(time.Time{}, now); got != "" {
		t.Errorf("no instant is %q", got)
	}
	if got := f.TimeOn(now); got != "10:15 on 4 March" {
		t.Errorf("%q", got)
	}
}

// A day has 23 or 25 hours where the clocks change.
func TestTimes_clockChange(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	now := time.Date(2026, 3, 30, 0, 30, 0, 0, zone) // the day before had 23 hours
	if got := f.Moment(time.Date(2026, 3, 29, 0, 10, 0, 0, zone), now); got != "yesterday 00:10" {
		t.Errorf("%q", got)
	}
	if got := f.Day(time.Date(2026, 3, 28, 23, 50, 0, 0, zone), now); got != "28 Mar 2026" {
		t.Errorf("%q", got)
	}
}

// Languages differ in more than words.
func TestFor_languages(t *testing.T) {
	now := time.Date(2026, 3, 4, 15, 5, 0, 0, time.UTC)
	write := func(f Formatter) string {
		return strings.ReplaceAll(strings.Join([]string{
			f.Number(12345), f.Bytes(1_500_000), f.Span(76 * time.Hour), f.Hours(61 * time.Minute), f.Percent(0.5), f.List([]string{"a", "b", "c"}),
			f.Day(now, now), f.Day(now.AddDate(0, 0, -9), now), f.Moment(now.AddDate(0, 0, 1), now), f.TimeOn(now),
		}, " | "), "\u202f", "\u00a0")
	}
	for tag, want := range map[string]string{
		"en":      "12,345 | 1.5 MB | 3 d 4 h | 1 h 01 min | 50 % | a, b and c | today 15:05 | 23 Feb 2026 | tomorrow 15:05 | 15:05 on 4 March",
		"en-GB":   "12,345 | 1.5 MB | 3 d 4 h | 1 h 01 min | 50 % | a, b and c | today 15:05 | 23 Feb 2026 | tomorrow 15:05 | 15:05 on 4 March",
		"en-US":   "12,345 | 1.5 MB | 3 d 4 h | 1 h 01 min | 50 % | a, b and c | today 3:05 PM | Feb 23, 2026 | tomorrow 3:05 PM | 3:05 PM on March 4",
		"de-AT":   "12.345 | 1,5 MB | 3 T. 4 Std. | 1 Std. 01 Min. | 50 % | a, b und c | heute 15:05 | 23.02.2026 | morgen 15:05 | 4. März um 15:05",
		"fr":      "12 345 | 1,5 Mo | 3 j 4 h | 1 h 01 min | 50 % | a, b et c | aujourd’hui 15:05 | 23/02/2026 | demain 15:05 | 4 mars à 15:05",
		"es":      "12.345 | 1,5 MB | 3 d 4 h | 1 h 01 min | 50 % | a, b y c | hoy 15:05 | 23/02/2026 | mañana 15:05 | 4 de marzo a las 15:05",
		"ja":      "12,345 | 1.5 MB | 3日4時間 | 1時間01分 | 50% | a、b、c | 今日 15:05 | 2026/02/23 | 明日 15:05 | 3月4日 15:05",
		"zh-Hans": "12,345 | 1.5 MB | 3天4小时 | 1小时01分钟 | 50% | a、b和c | 今天 15:05 | 2026/02/23 | 明天 15:05 | 3月4日 15:05",
		"sw":      "12,345 | 1.5 MB | 3 d 4 h | 1 h 01 min | 50 % | a, b and c | today 15:05 | 23 Feb 2026 | tomorrow 15:05 | 15:05 on 4 March",
	} {
		if got := strings.ReplaceAll(write(For(language.MustParse(tag))), "\u00a0", " "); got != want {
			t.Errorf("%s:\n got %s\nwant %s", tag, got, want)
		}
	}
}
