package headless

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"path/filepath"
	"time"
)

// Session is what the agent says of one connection, as far as a rig looks at it.
type Session struct {
	ID, Phase, Identity string
	Renewals, Failures  int
	IssuedAt            time.Time `json:"issued_at"`
	ExpiresAt           time.Time `json:"expires_at"`
	RenewAt             time.Time `json:"renew_at"`
	MemoryOnly          bool      `json:"memory_only"`
	Asked               int       `json:"asked_seconds"`
	Granted             int       `json:"granted_seconds"`
	Problem             *Problem
}

// Problem is a failure as the agent tells it.
type Problem struct {
	Code, Title, Detail string
	NextStep            string `json:"next_step"`
}

// Snapshot is all that the agent says.
type Snapshot struct {
	Sessions []Session
	Problems []Problem
}

// Info is what the agent says of itself, as far as a rig looks at it.
type Info struct{ PID, Goroutines int }

// Info asks the agent that runs.
func (r *Rig) Info(ctx context.Context) (Info, error) {
	var i Info
	data, err := r.get(ctx, "/v1/agent")
	if err != nil {
		return i, err
	}
	err = json.Unmarshal(data, &i)
	return i, err
}

// Snapshot asks the agent that runs. It may be called from several goroutines.
func (r *Rig) Snapshot(ctx context.Context) (Snapshot, error) {
	var s Snapshot
	data, err := r.get(ctx, "/v1/watch")
	if err != nil {
		return s, err
	}
	err = json.Unmarshal(data, &s)
	return s, err
}

// Session asks how a connection stands. It may be called from several goroutines.
func (r *Rig) Session(ctx context.Context, id string) (Session, error) {
	all, err := r.Snapshot(ctx)
	if err != nil {
		return Session{}, err
	}
	for _, s := range all.Sessions {
		if s.ID == id {
			return s, nil
		}
	}
	return Session{}, fmt.Errorf("no connection %q", id)
}

// Keys are what the agent issues.
type Keys struct {
	AccessKeyID     string    `json:"access_key_id"`
	SecretAccessKey string    `json:"secret_access_key"`
	SessionToken    string    `json:"session_token"`
	ExpiresAt       time.Time `json:"expires_at"`
}

// Keys asks the agent for keys.
func (r *Rig) Keys(ctx context.Context, id string) (Keys, error) {
	var k Keys
	data, err := r.get(ctx, "/v1/sessions/"+id+"/keys")
	if err != nil {
		return k, err
	}
	err = json.Unmarshal(data, &k)
	return k, err
}

// Do posts an intent: renew, sign-out and the like. It may be called from several goroutines.
func (r *Rig) Do(ctx context.Context, id, intent string) error {
	_, err := r.ask(ctx, http.MethodPost, "/v1/sessions/"+id+"/"+intent)
	return err
}

// Ask posts an intent at the agent of the rig in dir, from another process than the rig's.
func Ask(ctx context.Context, dir, id, intent string) error {
	return (&Rig{Dir: dir, http: socketClient(dir)}).Do(ctx, id, intent)
}

func socketClient(dir string) *http.Client {
	return &http.Client{Transport: &http.Transport{
		DisableKeepAlives: true,
		DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			return new(net.Dialer).DialContext(ctx, "unix", filepath.Join(dir, "run", "daypass", "agent.sock"))
		},
	}}
}

func (r *Rig) get(ctx context.Context, path string) ([]byte, error) {
	return r.ask(ctx, http.MethodGet, path)
}

func (r *Rig) ask(ctx context.Context, method, path string) ([]byte, error) {
	return r.send(ctx, method, path, nil)
}

// send makes one request at the agent's socket. Of a watch it takes the first snapshot.
func (r *Rig) send(ctx context.Context, method, path string, body []byte) ([]byte, error) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, "http://daypass"+path, bytes.NewReader(body))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Daypass-Protocol", protocol)
	answer, err := r.http.Do(req)
	if err != nil {
		return nil, err
	}
	defer answer.Body.Close()
	var data json.RawMessage
	err = json.NewDecoder(answer.Body).Decode(&data)
	if answer.StatusCode >= 300 {
		return nil, fmt.Errorf("the agent says %s: %s", answer.Status, data)
	}
	if errors.Is(err, io.EOF) {
		err = nil
	}
	return data, err
}

// Open makes a GET request at the agent's socket, of which the caller reads and closes the answer.
func (r *Rig) Open(ctx context.Context, path string) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://daypass"+path, http.NoBody)
	if err != nil {
		return nil, err
	}
	req.Header.Set("Daypass-Protocol", protocol)
	return r.http.Do(req)
}

// protocol is the version of the socket's protocol.
const protocol = "1"
