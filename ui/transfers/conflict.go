package transfers

import (
	"path"
	"strings"
	"time"

	"daypass/app"
	"daypass/ui/present"
)

// Conflict asks what to do where the target has something by that name already.
type Conflict struct {
	Transfer, ID string
	Title, Text  string
	// Facts are the two compared: what is there and what is new.
	Facts [2]string
	// ForAll is the label of the choice for the rest; empty where one file is all there is.
	ForAll     string
	CanReplace bool
}

// conflict is the first question that waits.
func conflict(all []app.Transfer, now time.Time) *Conflict {
	for _, t := range all {
		q := t.Question
		if t.Phase.Ended() || q == nil {
			continue
		}
		c := &Conflict{Transfer: t.ID, ID: q.ID, CanReplace: !q.Folder}
		name := "“" + present.Visible(path.Base(q.Name)) + "”"
		c.Title = name + " is there already"
		c.Text = "In " + present.Visible(path.Dir(q.Target)) + " there is a file of that name."
		if q.Folder {
			c.Text = "In " + present.Visible(path.Dir(q.Target)) + " there is a folder of that name, which a file cannot replace."
		}
		c.Facts = [2]string{"There: " + facts(q.Existing, now), "New: " + facts(q.Incoming, now)}
		if t.Files > 1 || t.Counting || q.Waiting > 1 {
			c.ForAll = "Do the same for all other files of this transfer"
		}
		return c
	}
	return nil
}

func facts(f app.FileInfo, now time.Time) string {
	var parts []string
	if f.Size >= 0 {
		parts = append(parts, present.Bytes(f.Size))
	}
	if !f.Modified.IsZero() {
		parts = append(parts, present.Day(f.Modified, now))
	}
	if len(parts) == 0 {
		return "nothing is known of it"
	}
	return strings.Join(parts, ", ")
}

// FailuresOf lists what failed or was left out.
func FailuresOf(t app.Transfer) present.Failures {
	f := present.Failures{Title: present.Grouped(t.Failed) + " of " + present.Counted(t.Files, "file", "files") + " failed", Text: titleOf(t) + ", " + whereOf(t, nil)}
	if t.Failed == 0 {
		f.Title = present.Grouped(t.Skipped) + " of " + present.Counted(t.Files, "file", "files") + " left out"
	}
	for _, one := range t.Failures {
		f.Lines = append(f.Lines, present.FailureLine{Name: present.Visible(one.Name), Why: present.ProblemSentence(one.Problem)})
	}
	if rest := t.Failed + t.Skipped - len(t.Failures); rest > 0 && len(t.Failures) >= app.MaxFailures {
		f.More = "and " + present.Counted(rest, "more", "more")
	}
	return f
}
