package format

import (
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// conventions are what languages differ in.
type conventions struct {
	// thousands and decimal separate the digits of a number.
	thousands, decimal string
	// byteUnit is the unit of sizes, behind the letter of its thousands.
	byteUnit string
	// day, hour, minute and second are the units of durations; gap separates them and their numbers.
	day, hour, minute, second, gap string
	// comma and and separate several names, and the last of them.
	comma, and string
	// percent follows a number.
	percent string
	// yesterday, today and tomorrow stand before a time of the day.
	yesterday, today, tomorrow string
	// clock, date and longDate are layouts of package time.
	clock, date, longDate string
	// months are the names of the months; nil for the English ones, and where the layouts need none.
	months []string
	// timeOn joins a time of the day and a date, in this order.
	timeOn string
}

// amount returns a number of units.
func (c *conventions) amount(n int, unit string) string { return strconv.Itoa(n) + c.gap + unit }

// month returns an instant by a layout, in which the name of the month is that of the language.
func (c *conventions) month(t time.Time, layout string) string {
	if c.months == nil {
		return t.Format(layout)
	}
	before, after, named := strings.Cut(layout, "January")
	if !named {
		return t.Format(layout)
	}
	return t.Format(before) + c.months[t.Month()-1] + t.Format(after)
}

// For returns the formatter for a language and, in English, its region. It is the English one for a language that is
// not known.
func For(tag language.Tag) Formatter {
	base, _ := tag.Base()
	region, confidence := tag.Region()
	if base.String() == "en" && confidence == language.Exact && region.String() == "US" {
		return Formatter{&american}
	}
	return Formatter{languages[base.String()]}
}

// languages are those other than English, by their ISO 639 codes.
var languages = map[string]*conventions{"de": &german, "fr": &french, "es": &spanish, "ja": &japanese, "zh": &chinese}

// The units and separators are those of the Unicode CLDR, in their short forms.
var (
	english = conventions{
		thousands: ",", decimal: ".", byteUnit: "B", day: "d", hour: "h", minute: "min", second: "s", gap: " ", comma: ", ", and: " and ", percent: " %",
		yesterday: "yesterday", today: "today", tomorrow: "tomorrow", clock: "15:04", date: "2 Jan 2006", longDate: "2 January", timeOn: "%s on %s",
	}
	american = conventions{
		thousands: ",", decimal: ".", byteUnit: "B", day: "d", hour: "h", minute: "min", second: "s", gap: " ", comma: ", ", and: " and ", percent: " %",
		yesterday: "yesterday", today: "today", tomorrow: "tomorrow", clock: "3:04 PM", date: "Jan 2, 2006", longDate: "January 2", timeOn: "%s on %s",
	}
	german = conventions{
		thousands: ".", decimal: ",", byteUnit: "B", day: "T.", hour: "Std.", minute: "Min.", second: "Sek.", gap: " ", comma: ", ", and: " und ", percent: "\u00a0%",
		yesterday: "gestern", today: "heute", tomorrow: "morgen", clock: "15:04", date: "02.01.2006", longDate: "2. January", timeOn: "%[2]s um %[1]s",
		months: []string{"Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"},
	}
	french = conventions{
		thousands: "\u202f", decimal: ",", byteUnit: "o", day: "j", hour: "h", minute: "min", second: "s", gap: " ", comma: ", ", and: " et ", percent: "\u202f%",
		yesterday: "hier", today: "aujourd’hui", tomorrow: "demain", clock: "15:04", date: "02/01/2006", longDate: "2 January", timeOn: "%[2]s à %[1]s",
		months: []string{"janvier", "février", "mars", "avril", "mai", "juin", "juillet", "août", "septembre", "octobre", "novembre", "décembre"},
	}
	spanish = conventions{
		thousands: ".", decimal: ",", byteUnit: "B", day: "d", hour: "h", minute: "min", second: "s", gap: " ", comma: ", ", and: " y ", percent: "\u00a0%",
		yesterday: "ayer", today: "hoy", tomorrow: "mañana", clock: "15:04", date: "02/01/2006", longDate: "2 de January", timeOn: "%[2]s a las %[1]s",
		months: []string{"enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre"},
	}
	japanese = conventions{
		thousands: ",", decimal: ".", byteUnit: "B", day: "日", hour: "時間", minute: "分", second: "秒", comma: "、", and: "、", percent: "%",
		yesterday: "昨日", today: "今日", tomorrow: "明日", clock: "15:04", date: "2006/01/02", longDate: "1月2日", timeOn: "%[2]s %[1]s",
	}
	chinese = conventions{
		thousands: ",", decimal: ".", byteUnit: "B", day: "天", hour: "小时", minute: "分钟", second: "秒", comma: "、", and: "和", percent: "%",
		yesterday: "昨天", today: "今天", tomorrow: "明天", clock: "15:04", date: "2006/01/02", longDate: "1月2日", timeOn: "%[2]s %[1]s",
	}
)
