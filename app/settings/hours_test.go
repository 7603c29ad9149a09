package settings

import (
	"testing"
	"time"
)

func TestHours_contain(t *testing.T) {
	at := func(text string) time.Time {
		moment, err := time.ParseInLocation(clock, text, time.FixedZone("", 3600))
		if err != nil {
			t.Fatal(err)
		}
		return moment
	}
	tests := []struct {
		hours   Hours
		inside  []string
		outside []string
		valid   bool
	}{
		{"", []string{"00:00", "12:00"}, nil, false},
		{"08:00-18:00", []string{"08:00", "12:00", "17:59"}, []string{"07:59", "18:00", "00:00"}, true},
		{"22:00-06:30", []string{"22:00", "23:59", "00:00", "06:29"}, []string{"06:30", "21:59"}, true},
		{"08:00-08:00", nil, []string{"08:00", "12:00"}, false},
		{"8:00-18:00", nil, []string{"12:00"}, false},
		{"08:00-24:00", nil, []string{"12:00"}, false},
		{"08:00", nil, []string{"08:00", "12:00"}, false},
		{"08:00-18:00-20:00", nil, []string{"12:00"}, false},
	}
	for _, tt := range tests {
		if _, _, ok := tt.hours.Span(); ok != tt.valid {
			t.Errorf("%q: valid: %v", tt.hours, ok)
		}
		for _, text := range tt.inside {
			if !tt.hours.Contain(at(text)) {
				t.Errorf("%q does not contain %s", tt.hours, text)
			}
		}
		for _, text := range tt.outside {
			if tt.hours.Contain(at(text)) {
				t.Errorf("%q contains %s", tt.hours, text)
			}
		}
	}
	s := Settings{BandwidthLimit: 1024, QuietHours: "08:00-18:00"}
	if in, out := s.Bandwidth(at("08:00")), s.Bandwidth(at("18:00")); in != 1<<20 || out != 0 {
		t.Errorf("%d bytes a second in the quiet hours, %d outside", in, out)
	}
}
