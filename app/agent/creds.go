package agent

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/url"
	"time"
)

// credsPatience is how long an agent may take to answer Creds: its own patience with a renewal that
// is overdue, and a little more.
const credsPatience = 5 * time.Second

// Creds asks the agent that runs for the keys of a connection, in the very bytes that a
// credential_process prints. It is Client.HandOut for a program that does nothing else and should
// end before anybody notices: one connection, one request, no more of HTTP than the answer needs.
//
// ErrNotRunning where no agent answers, or one that does not know this request.
func Creds(name, tool string) ([]byte, error) {
	p, err := findPlace()
	if err != nil {
		return nil, err
	}
	if err := p.check(); errors.Is(err, errForeign) {
		return nil, err
	}
	conn, err := (&Client{place: p}).connect(context.Background(), "", "")
	if errors.Is(err, errForeign) {
		return nil, err
	}
	if err != nil {
		return nil, ErrNotRunning
	}
	defer conn.Close()
	_ = conn.SetDeadline(time.Now().Add(credsPatience))
	status, body, err := askOnce(conn, pathCreds+"?name="+url.QueryEscape(name)+"&tool="+url.QueryEscape(tool))
	switch {
	case err != nil:
		return nil, err
	case status == "200":
		return body, nil
	case bytes.Contains(body, []byte(`"`+codeRequest+`"`)), bytes.Contains(body, []byte(`"`+codeProtocol+`"`)):
		return nil, ErrNotRunning // it is of another version: the long way knows what to do
	}
	return nil, decodeError(body)
}

// askOnce makes a request of HTTP/1.0, after whose answer the agent closes the connection.
func askOnce(conn net.Conn, path string) (status string, body []byte, err error) {
	_, err = fmt.Fprintf(conn, "GET %s HTTP/1.0\r\nHost: %s\r\n%s: %d\r\n\r\n", path, hostName, protocolHeader, Protocol)
	if err != nil {
		return "", nil, errSilent
	}
	answer, err := io.ReadAll(io.LimitReader(conn, maxBody))
	head, body, whole := bytes.Cut(answer, []byte("\r\n\r\n"))
	if err != nil || !whole || len(head) < len("HTTP/1.0 200") || !bytes.HasPrefix(head, []byte("HTTP/1.")) {
		return "", nil, errSilent
	}
	return string(head[9:12]), body, nil
}
