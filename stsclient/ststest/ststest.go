// Package ststest is an STS for tests: a queue of answers, and a record of what was asked. It fails
// the test when it is asked with an empty queue.
package ststest

import (
	"bytes"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// Answer writes one answer.
type Answer func(http.ResponseWriter, *http.Request)

// Server is the STS. Use its URL, or the Server itself as an http.RoundTripper where there must be no
// socket, as in a synctest bubble.
type Server struct {
	// URL of the server; empty before Listen.
	URL string

	t        testing.TB
	mu       sync.Mutex
	queue    []Answer
	requests []Request
}

// Request is what was asked.
type Request struct {
	Method, Path, Query, ContentType string
	Form                             url.Values
}

// New makes a server with a queue of answers, without a socket.
func New(t testing.TB, queue ...Answer) *Server { return &Server{t: t, queue: queue} }

// Listen serves on a loopback address until the test ends.
func (s *Server) Listen() *Server {
	server := httptest.NewServer(s)
	s.t.Cleanup(server.Close)
	s.URL = server.URL
	return s
}

// Push adds answers to the queue.
func (s *Server) Push(answers ...Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.queue = append(s.queue, answers...)
}

// Requests is what was asked so far.
func (s *Server) Requests() []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Request(nil), s.requests...)
}

// ServeHTTP implements http.Handler.
func (s *Server) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	s.mu.Lock()
	s.requests = append(s.requests, Request{r.Method, r.URL.Path, r.URL.RawQuery, r.Header.Get("Content-Type"), form})
	if len(s.queue) == 0 {
		s.mu.Unlock()
		s.t.Errorf("ststest: asked with an empty queue: %v", r.URL.Path)
		http.Error(w, "empty queue", http.StatusTeapot)
		return
	}
	answer := s.queue[0]
	s.queue = s.queue[1:]
	s.mu.Unlock()
	answer(w, r)
}

// RoundTrip implements http.RoundTripper without a socket.
func (s *Server) RoundTrip(r *http.Request) (*http.Response, error) {
	w := httptest.NewRecorder()
	w.Header().Set("Date", time.Now().UTC().Format(http.TimeFormat))
	s.ServeHTTP(w, r)
	return w.Result(), nil
}

// Raw answers with a status, a content type and a body.
func Raw(status int, contentType, body string) Answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", contentType)
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// Success answers with credentials that are valid from now on.
func Success(lifetime time.Duration) Answer {
	return func(w http.ResponseWriter, r *http.Request) {
		SuccessWith("KEY", "secret-of-the-key", "session-token", time.Now().Add(lifetime))(w, r)
	}
}

// SuccessWith answers with the given credentials.
func SuccessWith(accessKey, secretKey, sessionToken string, expiration time.Time) Answer {
	return Raw(http.StatusOK, "application/xml", fmt.Sprintf(`<?xml version="1.0" encoding="UTF-8"?>
<AssumeRoleWithWebIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><AssumeRoleWithWebIdentityResult>`+
		`<AssumedRoleUser><Arn></Arn><AssumeRoleId></AssumeRoleId></AssumedRoleUser><Credentials><AccessKeyId>%s</AccessKeyId>`+
		`<SecretAccessKey>%s</SecretAccessKey><SessionToken>%s</SessionToken><Expiration>%s</Expiration></Credentials>`+
		`<SubjectFromWebIdentityToken>1</SubjectFromWebIdentityToken></AssumeRoleWithWebIdentityResult>`+
		`<ResponseMetadata><RequestId>R</RequestId></ResponseMetadata></AssumeRoleWithWebIdentityResponse>`,
		accessKey, secretKey, sessionToken, expiration.UTC().Format(time.RFC3339)))
}

// ErrorAnswer answers in STS's form.
func ErrorAnswer(status int, code, message string) Answer {
	return Raw(status, "application/xml", `<ErrorResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><Error><Type></Type><Code>`+
		code+`</Code><Message>`+message+`</Message></Error><RequestId>R</RequestId></ErrorResponse>`)
}

// Drop cuts the connection without an answer. It needs a socket.
func Drop() Answer {
	return func(w http.ResponseWriter, _ *http.Request) {
		if conn, _, err := w.(http.Hijacker).Hijack(); err == nil {
			conn.Close()
		}
	}
}

// File answers as it was recorded: a status line, headers, an empty line and the body. The Date is
// left out, so that the recording's age is not taken for a clock's error.
func File(t testing.TB, name string) Answer {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	head, body, _ := bytes.Cut(data, []byte("\n\n"))
	lines := strings.Split(string(head), "\n")
	status, err := strconv.Atoi(strings.Fields(lines[0])[1])
	if err != nil {
		t.Fatal(err)
	}
	contentType := ""
	for _, line := range lines[1:] {
		if value, found := strings.CutPrefix(line, "Content-Type: "); found {
			contentType = value
		}
	}
	return Raw(status, contentType, string(body))
}
