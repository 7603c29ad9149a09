package vault

import (
	"context"
	"encoding/json"
	"errors"
	"io"
	"time"

	"github.com/zalando/go-keyring"
)

// service is the name under which the keyring shows what belongs to Daypass.
const service = "daypass"

// ServeKeyring answers one request of a Process: it is all that the child does.
func ServeKeyring(in io.Reader, out io.Writer) error {
	var req request
	if err := json.NewDecoder(io.LimitReader(in, 64<<10)).Decode(&req); err != nil {
		return errors.New("this command is for the agent's own use")
	}
	timeout := time.Duration(req.Timeout) * time.Millisecond
	if timeout <= 0 {
		timeout = defaultTimeout
	}
	ctx, cancel := context.WithTimeout(context.Background(), timeout)
	defer cancel()
	done := make(chan answer, 1)
	go func() { done <- req.answer(ctx) }()
	select {
	case a := <-done:
		return json.NewEncoder(out).Encode(a)
	case <-ctx.Done():
		return json.NewEncoder(out).Encode(answer{Failure: failureName(ErrTimedOut)})
	}
}

func (r request) answer(ctx context.Context) answer {
	value, err := r.do(ctx)
	if err == nil {
		return answer{Value: value}
	}
	if name := failureName(err); name != "" {
		return answer{Failure: name}
	}
	text := err.Error()
	return answer{Text: text[:min(len(text), 200)]}
}

func (r request) do(ctx context.Context) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	switch r.Do {
	case "look":
		return "", probe(ctx)
	case "get":
		value, err := keyring.Get(service, r.Account)
		return value, named(err)
	case "set":
		return "", named(keyring.Set(service, r.Account, r.Value))
	}
	return "", errors.New("no such request")
}

// named returns an error of the library as one of this package.
func named(err error) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNotFound
	case errors.Is(err, keyring.ErrSetDataTooBig):
		return ErrTooBig
	case errors.Is(err, keyring.ErrUnsupportedPlatform):
		return ErrAbsent
	}
	return classify(err)
}
