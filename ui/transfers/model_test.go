package transfers_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/ui/transfers"
	"daypass/ui/uitest"
)

var names = map[string]string{"research-lake": "Research lake", "archive": "Archive"}

// What the panel says of transfers in every phase, word by word.
func TestPanel_phases(t *testing.T) {
	all := uitest.Transfers()
	one := func(n int) app.TransferList { return app.TransferList{Transfers: all.Transfers[n : n+1]} }
	running := app.TransferList{Transfers: all.Transfers[7:], Total: all.Transfers[7].Progress}
	folder := uitest.Asking()
	folder.Transfers[0].Question.Folder = true
	for name, list := range map[string]app.TransferList{
		"none": {}, "all": all, "running": running, "done": one(0), "cancelled": one(1), "failed": one(2), "waiting": one(3), "paused": one(4), "queued": one(5),
		"ended": {Transfers: all.Transfers[:3]}, "copying": uitest.Copying(), "finished": {Transfers: all.Transfers[:2]}, "asking": uitest.Asking(), "folder-in-the-way": folder,
	} {
		t.Run(name, func(t *testing.T) {
			uitest.Golden(t, "transfers-"+name+".txt", describeTransfers(transfers.Present(list, names, true, uitest.Now)))
		})
	}
}

func describeTransfers(p transfers.Model) string {
	var b strings.Builder
	line := func(format string, args ...any) {
		b.WriteString(strings.TrimRight(fmt.Sprintf(format, args...), " ") + "\n")
	}
	if !p.Shown {
		return "(not shown)\n"
	}
	line("# %s: %s | %s | %s [%s] clear %v", p.Line.Severity, p.Line.Title, meterWords(p.Line.Meter), p.Line.Note, p.Line.Action.Label, p.Line.CanClear)
	for _, r := range p.Rows {
		var labels []string
		for _, a := range r.Actions {
			labels = append(labels, a.Label)
		}
		line("%-8s %s: %s | %s | %s | %s %v", r.Icon, r.Severity, r.Title, r.Where, meterWords(r.Meter), r.Text, labels)
	}
	if c := p.Question; c != nil {
		line("? %s\n  %s\n  %s\n  %s\n  for all: %s, replace %v", c.Title, c.Text, c.Facts[0], c.Facts[1], c.ForAll, c.CanReplace)
	}
	return b.String()
}

func meterWords(m transfers.Meter) string {
	if !m.Shown {
		return "-"
	}
	return fmt.Sprintf("%.2f (%s) (%s) (%s)", m.Share, m.Percent, m.Speed, m.Left)
}

// A name that came from elsewhere is shown escaped wherever it appears (rule 34).
func TestRule34_transferNamesAreShownEscaped(t *testing.T) {
	hostile := "evil\u202egnp.exe\n"
	one := uitest.Asking().Transfers[0]
	one.Title, one.Prefix, one.Folder, one.Question.Name, one.Question.Target = hostile, hostile+"/", hostile, hostile, "/x/"+hostile+"/y"
	one.Failed, one.Failures = 1, []app.FileFailure{{Name: hostile, Problem: app.Problem{Title: "t"}}}
	p := transfers.Present(app.TransferList{Transfers: []app.Transfer{one}}, names, true, uitest.Now)
	f := transfers.FailuresOf(one)
	for _, text := range []string{p.Line.Title, p.Rows[0].Title, p.Rows[0].Where, p.Rows[0].Text, p.Question.Title, p.Question.Text, f.Text, f.Lines[0].Name} {
		if strings.ContainsAny(text, "\u202e\n") {
			t.Errorf("%q is shown as it is", text)
		}
		if !strings.Contains(text, `\u202e`) {
			t.Errorf("%q does not show what the name holds", text)
		}
	}
}

// Failures say how many are not listed.
func TestFailures_countOfUnlisted(t *testing.T) {
	one := uitest.Moving()
	one.Phase, one.Files, one.Failed = app.TransferFailed, 1000, 900
	for range app.MaxFailures {
		one.Failures = append(one.Failures, app.FileFailure{Name: "x", Problem: app.Problem{Title: "It is full"}})
	}
	f := transfers.FailuresOf(one)
	if f.Title != "900 of 1,000 files failed" || f.More != "and 700 more" {
		t.Errorf("%q, %q", f.Title, f.More)
	}
}

// Nothing of the panel goes out of date by time alone, so that it is not drawn while nothing moves.
func TestPanel_doesNotAge(t *testing.T) {
	list := uitest.Transfers()
	now, later := transfers.Present(list, names, true, uitest.Now), transfers.Present(list, names, true, uitest.Now.Add(time.Hour))
	if describeTransfers(now) != describeTransfers(later) {
		t.Error("the words change without news")
	}
}
