package ui_test

import (
	"context"
	"sync/atomic"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/ui"
	"daypass/ui/present"
	"daypass/ui/uitest"
)

// quitter is a core in another process, which ends when it is asked to.
type quitter struct {
	*uitest.Core
	quit atomic.Bool
}

func (q *quitter) Quit(context.Context) error {
	q.quit.Store(true)
	q.Stop()
	return nil
}

func (q *quitter) HasQuit() bool { return q.quit.Load() }

// AttendWindow ends at once, as it does with the agent.
func (q *quitter) AttendWindow(context.Context) (<-chan app.WindowTarget, error) {
	calls := make(chan app.WindowTarget)
	close(calls)
	return calls, nil
}

// Quitting elsewhere closes the window, which starts no new agent.
func TestQuit_elsewhereClosesWindow(t *testing.T) {
	q := &quitter{Core: uitest.NewCore(one(uitest.SignedIn(time.Hour)))}
	var connects atomic.Int32
	b := newBench(t, app.Snapshot{}, func(o *ui.Options) {
		o.Connect = func(context.Context) (app.Core, error) { connects.Add(1); return q, nil }
	})
	b.see("measurements")
	if err := q.Quit(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.queue.Await(t, "the window to close", func() bool { return b.closed })
	if n := connects.Load(); n != 1 {
		t.Errorf("the window asked for an agent %d times", n)
	}
}

// Quitting in the window ends it and the agent.
func TestQuit_endsWindowAndAgent(t *testing.T) {
	q := &quitter{Core: uitest.NewCore(one(uitest.SignedIn(time.Hour)))}
	b := newBench(t, app.Snapshot{}, func(o *ui.Options) {
		o.Connect = func(context.Context) (app.Core, error) { return q, nil }
	})
	b.see("measurements")
	b.press("settings")
	b.press("settings.quit")
	b.queue.Await(t, "the window to close", func() bool { return b.closed && q.HasQuit() })
}

// Quitting asks first while transfers run.
func TestQuit_asksDuringTransfers(t *testing.T) {
	list := func(phases ...app.TransferPhase) app.TransferList {
		var l app.TransferList
		for _, p := range phases {
			l.Transfers = append(l.Transfers, app.Transfer{Phase: p})
		}
		return l
	}
	if q := present.PresentQuit(list(app.TransferDone, app.TransferFailed, app.TransferCanceled, app.TransferPaused)); q.Title != "" {
		t.Errorf("asked without a transfer: %+v", q)
	}
	if q := present.PresentQuit(list(app.TransferRunning, app.TransferDone)); q.Title != "Quit while a transfer is running?" {
		t.Errorf("%+v", q)
	}
	if q := present.PresentQuit(list(app.TransferQueued, app.TransferWaiting)); q.Title != "Quit while 2 transfers are running?" || q.Text == "" || q.Yes == "" {
		t.Errorf("%+v", q)
	}
}

// The menu at the top of the sidebar quits too; the key beside that of closing the window asks where somebody is
// signed in.
func TestQuit_menuAndKey(t *testing.T) {
	begin := func() (*bench, *quitter) {
		q := &quitter{Core: uitest.NewCore(one(uitest.SignedIn(time.Hour)))}
		b := newBench(t, app.Snapshot{}, func(o *ui.Options) {
			o.Connect = func(context.Context) (app.Core, error) { return q, nil }
		})
		b.see("measurements")
		return b, q
	}
	b, q := begin()
	b.press("menu")
	b.press("menu.quit")
	b.queue.Await(t, "the window to close", func() bool { return b.closed && q.HasQuit() })
	b, q = begin()
	b.shortcut(fyne.KeyQ)
	b.see("Quit Daypass?")
	if q.HasQuit() {
		t.Error("quit before the answer")
	}
	b.press("confirm.quit")
	b.queue.Await(t, "the window to close", func() bool { return b.closed && q.HasQuit() })
}
