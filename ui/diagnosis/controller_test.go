package diagnosis_test

import (
	"context"
	"testing"
	"time"

	"daypass/app"
	"daypass/ui/bridge"
	"daypass/ui/diagnosis"
	"daypass/ui/uitest"
)

// What was opened while there was no agent says so, and does not wait forever once an agent is back.
func TestOpen_withoutAnAgent(t *testing.T) {
	core, queue, ready := uitest.NewCore(uitest.Snapshot(uitest.SignedOut())), uitest.NewQueue(), make(chan struct{})
	b := bridge.New(bridge.Options{
		Context: t.Context(), Dispatch: queue.Dispatch, Now: time.Now, Changed: func() {},
		Connect: func(context.Context) (app.Core, error) { <-ready; return core, nil },
	})
	b.Start()
	c := diagnosis.New(nil, b, nil, queue.Dispatch)
	c.Open("research-lake")
	close(ready)
	queue.Await(t, "the agent", func() bool { b.Take(); return b.Session("research-lake").ID != "" })
	if m := c.Model("research-lake"); m.Busy || len(m.Checks) != 1 || m.Checks[0].Detail != "The Daypass agent has stopped." {
		t.Errorf("shows %+v", m)
	}
}
