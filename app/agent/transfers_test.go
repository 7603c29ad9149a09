package agent

import (
	"context"
	"errors"
	"reflect"
	"strings"
	"testing"
	"time"

	"daypass/app"
	"daypass/app/location"
)

// fakeTransfers is the part of fakeCore that moves nothing.
type fakeTransfers struct {
	lists   chan app.TransferList
	request app.TransferRequest
	answer  app.ConflictAnswer
}

func (f *fakeCore) WatchTransfers(ctx context.Context) <-chan app.TransferList {
	out := make(chan app.TransferList)
	go func() {
		defer close(out)
		for {
			select {
			case list := <-f.transfers.lists:
				out <- list
			case <-ctx.Done():
				return
			}
		}
	}()
	return out
}

func (f *fakeCore) StartTransfer(_ context.Context, req app.TransferRequest) (string, error) {
	f.transfers.request = req
	return "made-id", f.called("start transfer")
}

func (f *fakeCore) PauseTransfer(_ context.Context, id string) error { return f.called("pause %s", id) }

func (f *fakeCore) CancelTransfer(_ context.Context, id string) error {
	return f.called("cancel transfer %s", id)
}

func (f *fakeCore) ResumeTransfer(_ context.Context, id string) error {
	return f.called("resume %s", id)
}

func (f *fakeCore) AnswerConflict(_ context.Context, id string, answer app.ConflictAnswer) error {
	f.transfers.answer = answer
	return f.called("answer %s", id)
}

func (f *fakeCore) ClearTransfers(_ context.Context, ids []string) error {
	return f.called("clear %q", ids)
}

// Every call about transfers reaches the core.
func TestTransferClient_callsReachCore(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c, ctx := connect(t), t.Context()
	answer := app.ConflictAnswer{Question: "q1", Choice: app.KeepBoth, ForAll: true}
	req := app.TransferRequest{
		Connection: "lake", Direction: app.Download, Location: location.Location{Bucket: "b", Prefix: "p/"}, Folder: "/tmp/x", Conflicts: app.Skip,
		Objects: []app.TransferObject{{Key: "p/a\n\x01", Size: 7, VersionID: "v"}},
	}
	tests := []struct {
		call func() error
		want string
	}{
		{func() error { _, err := c.StartTransfer(ctx, req); return err }, "start transfer"},
		{func() error { return c.PauseTransfer(ctx, "t1") }, "pause t1"},
		{func() error { return c.CancelTransfer(ctx, "t1") }, "cancel transfer t1"},
		{func() error { return c.ResumeTransfer(ctx, "t1") }, "resume t1"},
		{func() error { return c.AnswerConflict(ctx, "t1", answer) }, "answer t1"},
		{func() error { return c.ClearTransfers(ctx, []string{"a", "b"}) }, `clear ["a" "b"]`},
		{func() error { return c.ClearTransfers(ctx, nil) }, `clear []`},
	}
	for _, tt := range tests {
		if err := tt.call(); err != nil || core.lastCall() != tt.want {
			t.Errorf("%s: %v, the core was asked %q", tt.want, err, core.lastCall())
		}
		for _, sentinel := range []error{app.ErrNoTransfer, app.ErrNoQuestion, app.ErrNoTransfers, app.ErrNoConnection} {
			core.failWith(sentinel)
			if err := tt.call(); !errors.Is(err, sentinel) {
				t.Errorf("%s: got %v, want %v", tt.want, err, sentinel)
			}
		}
		core.failWith(nil)
	}
	if !reflect.DeepEqual(core.transfers.request, req) || core.transfers.answer != answer {
		t.Errorf("got %+v and %+v", core.transfers.request, core.transfers.answer)
	}
}

// A selection may have far more names than any other request has bytes.
func TestStartTransfer_largeSelection(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	req := app.TransferRequest{Connection: "lake", Direction: app.Download, Location: location.Location{Bucket: "b"}, Folder: "/tmp/x"}
	for range 1000 {
		req.Objects = append(req.Objects, app.TransferObject{Key: strings.Repeat("k", 1024)})
	}
	id, err := connect(t).StartTransfer(t.Context(), req)
	if err != nil || id != "made-id" || len(core.transfers.request.Objects) != 1000 {
		t.Errorf("got %q, %v, %d objects", id, err, len(core.transfers.request.Objects))
	}
}

// Invalid requests are refused on both sides of the socket.
func TestStartTransfer_refusesInvalidRequests(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	startAgent(t, core, Options{})
	c := connect(t)
	var refused *app.TransferError
	if _, err := c.StartTransfer(t.Context(), app.TransferRequest{Location: location.Location{Bucket: "b"}, Direction: app.Upload}); !errors.As(err, &refused) {
		t.Errorf("got %v", err)
	}
	core.failWith(app.NewTransferError("nothing"))
	req := app.TransferRequest{Location: location.Location{Bucket: "b"}, Direction: app.Upload, Paths: []string{"/x"}}
	if _, err := c.StartTransfer(t.Context(), req); !errors.As(err, &refused) || refused.Reason.ID != "problem.reason.transfer.nothing" {
		t.Errorf("got %v", err)
	}
}

// Lists of transfers arrive with all of their fields.
func TestWatchTransfers_wholeLists(t *testing.T) {
	ownPlace(t)
	core := &fakeCore{}
	core.transfers.lists = make(chan app.TransferList)
	startAgent(t, core, Options{})
	lists := connect(t).WatchTransfers(t.Context())
	want := app.TransferList{Revision: 3, Transfers: []app.Transfer{{
		ID: "t1", Direction: app.Upload, Phase: app.TransferAsking, Progress: app.Progress{Done: 1, Size: 2, Speed: 3, Remaining: 4},
		Question:  &app.Question{ID: "q", Name: "a/b", Existing: app.FileInfo{Size: -1}},
		Failures:  []app.FileFailure{{Name: "c", Problem: app.Problem{Code: "full", Title: "The disk is full"}}},
		StartedAt: time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC),
	}}}
	core.transfers.lists <- want
	select {
	case got := <-lists:
		if !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v", got)
		}
	case <-time.After(timeout):
		t.Fatal("nothing came")
	}
}
