package transfers

import (
	"cmp"
	"path"
	"time"

	"daypass/app"
	"daypass/app/messages"
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
		c.Title = existsAlready(q)
		folder := messages.Args{"Folder": present.Visible(path.Dir(q.Target))}
		c.Text = messages.Text("transfers.conflict.text", folder)
		if q.Folder {
			c.Text = messages.Text("transfers.conflict.text-folder", folder)
		}
		c.Facts = [2]string{
			messages.Text("transfers.conflict.existing", messages.Args{"Facts": facts(q.Existing, now)}),
			messages.Text("transfers.conflict.new", messages.Args{"Facts": facts(q.Incoming, now)}),
		}
		if t.Files > 1 || t.Counting || q.Waiting > 1 {
			c.ForAll = messages.Text("transfers.conflict.all")
		}
		return c
	}
	return nil
}

// existsAlready says what a transfer found in its way.
func existsAlready(q *app.Question) string {
	return messages.Text("transfers.conflict.title", messages.Args{"Name": present.Visible(path.Base(q.Name))})
}

func facts(f app.FileInfo, now time.Time) string {
	size := ""
	if f.Size >= 0 {
		size = present.Bytes(f.Size)
	}
	return cmp.Or(present.Facts(size, present.Day(f.Modified, now)), messages.Text("transfers.conflict.unknown"))
}

// FailuresOf lists what failed or was skipped.
func FailuresOf(t app.Transfer) present.Failures {
	f := present.Failures{
		Title: failedFiles(t), Text: messages.Text("transfers.failures.text", messages.Args{"Title": titleOf(t), "Where": whereOf(t, nil)}),
	}
	if t.Failed == 0 {
		f.Title = messages.Plural("transfers.skipped.files", t.Files, messages.Args{"Skipped": present.Grouped(t.Skipped)})
	}
	for _, one := range t.Failures {
		f.Lines = append(f.Lines, present.FailureLine{Name: present.Visible(one.Name), Why: present.ProblemSentence(one.Problem)})
	}
	if rest := t.Failed + t.Skipped - len(t.Failures); rest > 0 && len(t.Failures) >= app.MaxFailures {
		f.More = messages.Plural("common.and-more", rest)
	}
	return f
}
