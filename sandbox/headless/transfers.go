package headless

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
)

// Request asks for a transfer, in the agent's own words.
type Request struct {
	Connection string   `json:"connection"`
	Direction  string   `json:"direction"`
	Bucket     string   `json:"bucket"`
	Prefix     string   `json:"prefix,omitempty"`
	Objects    []Object `json:"objects,omitempty"`
	Paths      []string `json:"paths,omitempty"`
	Folder     string   `json:"folder,omitempty"`
	Conflicts  string   `json:"conflicts,omitempty"`
}

// Object is an object or folder to download.
type Object struct {
	Key string `json:"key"`
}

// Transfer is how a transfer stands, as far as a rig looks at it.
type Transfer struct {
	ID, Phase                    string
	Files, Done, Skipped, Failed int
	Counting                     bool
	Progress                     struct{ Done, Size int64 }
	Problem                      *Problem
	Question                     *struct {
		ID, Name string
		Waiting  int
	}
	Failures []struct {
		Name    string
		Skipped bool
		Problem Problem
	}
}

// Ended reports whether the transfer does nothing more.
func (t Transfer) Ended() bool {
	return t.Phase == "done" || t.Phase == "failed" || t.Phase == "cancelled"
}

// StartTransfer has the agent begin a transfer, and gives its ID.
func (r *Rig) StartTransfer(ctx context.Context, req Request) (string, error) {
	var started struct{ ID string }
	err := r.post(ctx, "/v1/transfers", req, &started)
	return started.ID, err
}

// Transfers asks how all transfers stand, in the order in which they were asked for.
func (r *Rig) Transfers(ctx context.Context) ([]Transfer, error) {
	data, err := r.get(ctx, "/v1/transfers/watch")
	if err != nil {
		return nil, err
	}
	var list struct{ Transfers []Transfer }
	err = json.Unmarshal(data, &list)
	return list.Transfers, err
}

// Transfer asks how a transfer stands.
func (r *Rig) Transfer(ctx context.Context, id string) (Transfer, error) {
	all, err := r.Transfers(ctx)
	if err != nil {
		return Transfer{}, err
	}
	for _, t := range all {
		if t.ID == id {
			return t, nil
		}
	}
	return Transfer{}, fmt.Errorf("no transfer %q", id)
}

// DoTransfer asks for something about a transfer: pause, resume or cancel.
func (r *Rig) DoTransfer(ctx context.Context, id, verb string) error {
	return r.post(ctx, "/v1/transfers/"+id+"/"+verb, nil, nil)
}

// AnswerAll answers the question of a transfer for all its files.
func (r *Rig) AnswerAll(ctx context.Context, id, question, choice string) error {
	answer := map[string]any{"question": question, "choice": choice, "for_all": true}
	return r.post(ctx, "/v1/transfers/"+id+"/answer", answer, nil)
}

func (r *Rig) post(ctx context.Context, path string, body, into any) error {
	data, err := json.Marshal(body)
	if err != nil {
		return err
	}
	answer, err := r.send(ctx, http.MethodPost, path, data)
	if err != nil || into == nil {
		return err
	}
	return json.Unmarshal(answer, into)
}

// WaitTransfer waits until a transfer is as ok wants it. It looks often enough for a benchmark.
func (r *Rig) WaitTransfer(ctx context.Context, id string, ok func(Transfer) bool) (Transfer, error) {
	var last Transfer
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://daypass/v1/transfers/watch", http.NoBody)
	if err != nil {
		return last, err
	}
	req.Header.Set("Daypass-Protocol", protocol)
	answer, err := r.http.Do(req)
	if err != nil {
		return last, err
	}
	defer answer.Body.Close()
	for lines := json.NewDecoder(answer.Body); ; {
		var list struct{ Transfers []Transfer }
		if err := lines.Decode(&list); err != nil {
			return last, fmt.Errorf("the agent shows no more: %w; last: %+v", err, last)
		}
		for _, t := range list.Transfers {
			if t.ID != id {
				continue
			}
			if last = t; ok(t) {
				return t, nil
			}
		}
	}
}
