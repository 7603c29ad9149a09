package agent

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os"
	"runtime"
	"strconv"
	"sync"
	"time"

	"daypass/app"
	"daypass/app/connection"
	"daypass/app/messages"
)

// Options are what an agent reports about itself, and where it writes.
type Options struct {
	// Version is the program's version.
	Version string
	// Log gets the requests, without what is in them. Nil discards.
	Log *slog.Logger
	// Quit is closed when the user quits Daypass at the agent itself, such as in its tray. May be nil.
	Quit <-chan struct{}
}

const (
	// headerTimeout is how long a client may take to send the head of a request.
	headerTimeout = 10 * time.Second
	// lastAnswers is how long requests under way may take to end when the agent does.
	lastAnswers = 2 * time.Second
	// farewellTimeout is how long a window may take to be told that the user has quit.
	farewellTimeout = 500 * time.Millisecond
)

type server struct {
	core app.Core
	info Info
	log  *slog.Logger
	quit func()
	// quitting is closed when the user has quit, and windows are those that are told.
	quitting chan struct{}
	leaving  sync.Mutex
	windows  sync.WaitGroup
}

// Serve answers for core until ctx ends or a client asks the agent to quit, and then ends every
// watch and closes the socket. The locks stay until Close. A socket that disappears is made again.
func (l *Listener) Serve(ctx context.Context, core app.Core, opts Options) error {
	if opts.Log == nil {
		opts.Log = slog.New(slog.DiscardHandler)
	}
	ctx, quit := context.WithCancel(ctx)
	defer quit()
	s := &server{core: core, log: opts.Log, quit: quit, info: ownInfo(opts.Version), quitting: make(chan struct{})}
	go s.awaitQuit(ctx, opts.Quit)
	srv := &http.Server{
		Handler:           s.guard(s.routes()),
		BaseContext:       func(net.Listener) context.Context { return ctx },
		ConnContext:       withPeer,
		ReadHeaderTimeout: headerTimeout,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          slog.NewLogLogger(opts.Log.Handler(), slog.LevelWarn),
	}
	go l.watchSocket(ctx, opts.Log)
	return serve(ctx, srv, newOwnListener(l, opts.Log, connectionLimit(descriptorLimit())))
}

// serve runs srv until ctx ends, and then gives the requests under way a moment to end.
func serve(ctx context.Context, srv *http.Server, l net.Listener) error {
	failed := make(chan error, 1)
	go func() { failed <- srv.Serve(l) }()
	select {
	case err := <-failed:
		return errors.Join(messages.NewError(err, "agent.error.socket"), srv.Close())
	case <-ctx.Done():
	}
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastAnswers)
	defer cancel()
	if srv.Shutdown(last) != nil {
		_ = srv.Close() // somebody holds a connection and says nothing
	}
	<-failed //nolint:errcheck // it says that the server was closed
	return nil
}

func ownInfo(version string) Info {
	return Info{
		Version: version, Committed: committed(), Protocol: Protocol,
		PID: os.Getpid(), StartedAt: time.Now().Round(0),
	}
}

func (s *server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+pathAgent, s.agent)
	mux.HandleFunc("POST "+pathQuit, s.leave)
	mux.HandleFunc("GET /v1/watch", s.watch)
	mux.HandleFunc("POST /v1/sessions/{id}/sign-in", intent(s.core.SignIn))
	mux.HandleFunc("POST /v1/sessions/{id}/sign-in-by-device", intent(s.core.SignInByDevice))
	mux.HandleFunc("POST /v1/sessions/{id}/cancel", intent(s.core.CancelSignIn))
	mux.HandleFunc("POST /v1/sessions/{id}/answer", s.answerQuestion)
	mux.HandleFunc("POST /v1/sessions/{id}/sign-out", intent(s.core.SignOut))
	mux.HandleFunc("POST /v1/sessions/{id}/renew", intent(s.core.RenewNow))
	mux.HandleFunc("POST /v1/sessions/{id}/limit", s.limitSession)
	mux.HandleFunc("GET /v1/sessions/{id}/link", s.link)
	mux.HandleFunc("GET /v1/sessions/{id}/keys", s.keys)
	mux.HandleFunc("GET /v1/connections/{id}", s.connection)
	mux.HandleFunc("PUT /v1/connections/{id}", s.save)
	mux.HandleFunc("DELETE /v1/connections/{id}", intent(s.core.RemoveConnection))
	mux.HandleFunc("POST /v1/connections", s.save)
	mux.HandleFunc("GET "+pathWindow, s.attendWindow)
	mux.HandleFunc("POST "+pathWindowRaised, command(s.core.WindowRaised))
	mux.HandleFunc("POST "+pathWindowRaise, s.raiseWindow)
	mux.HandleFunc("PUT "+pathSettings, s.saveSettings)
	mux.HandleFunc("POST "+pathClipboard, s.copySecret)
	s.transferRoutes(mux)
	s.handoverRoutes(mux)
	mux.HandleFunc("/", func(w http.ResponseWriter, _ *http.Request) {
		refuse(w, http.StatusNotFound, codeRequest, "the agent does not know this request")
	})
	return mux
}

// guard refuses what a web page could send, whatever way a browser may find to a unix socket, and
// requests of another protocol.
func (s *server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.log.Debug("request", "method", r.Method, "path", r.URL.Path)
		h := r.Header
		w.Header().Set(protocolHeader, strconv.Itoa(Protocol))
		switch {
		case r.Host != hostName, h.Get("Origin") != "", h.Get("Sec-Fetch-Site") != "":
			refuse(w, http.StatusForbidden, codeRefused, "this socket is for Daypass's own programs")
		case h.Get(protocolHeader) != strconv.Itoa(Protocol) && r.URL.Path != pathAgent && r.URL.Path != pathQuit:
			refuse(w, http.StatusBadRequest, codeProtocol, fmt.Sprintf("this agent speaks protocol %d", Protocol))
		default:
			r.Body = http.MaxBytesReader(w, r.Body, maxBodyOf(r))
			next.ServeHTTP(w, r)
		}
	})
}

func (s *server) agent(w http.ResponseWriter, _ *http.Request) {
	info := s.info
	info.Goroutines = runtime.NumGoroutine()
	reply(w, http.StatusOK, info)
}

func (s *server) answerQuestion(w http.ResponseWriter, r *http.Request) {
	var answer wireAnswer
	if err := json.NewDecoder(r.Body).Decode(&answer); err != nil {
		refuse(w, http.StatusBadRequest, codeRequest, "this is no answer")
		return
	}
	intent(func(ctx context.Context, id string) error {
		return s.core.AnswerQuestion(ctx, id, answer.Question, answer.Yes)
	})(w, r)
}

func (s *server) leave(w http.ResponseWriter, r *http.Request) {
	s.log.Info("asked to quit")
	w.WriteHeader(http.StatusNoContent)
	_ = http.NewResponseController(w).Flush() // before the end takes the connection away
	if r.URL.RawQuery == replaceQuery {
		s.quit()
		return
	}
	s.end()
}

// awaitQuit ends the agent when the user quits at the agent itself.
func (s *server) awaitQuit(ctx context.Context, quit <-chan struct{}) {
	select {
	case <-quit:
		s.end()
	case <-ctx.Done():
	}
}

// end informs the window that the user has quit, and ends the agent.
func (s *server) end() {
	s.announceQuit()
	problem := make(chan struct{})
	go func() { s.windows.Wait(); close(problem) }()
	select {
	case <-problem:
	case <-time.After(farewellTimeout): // it hangs
	}
	s.quit()
}

func (s *server) announceQuit() {
	s.leaving.Lock()
	defer s.leaving.Unlock()
	select {
	case <-s.quitting:
	default:
		close(s.quitting)
	}
}

func (s *server) watch(w http.ResponseWriter, r *http.Request) {
	stream(w, r, s.core.Watch(r.Context()))
}

// stream writes each value as a line. A reader that stands still blocks this request alone: the
// core keeps only its latest value for it.
func stream[T any](w http.ResponseWriter, r *http.Request, values <-chan T) {
	w.Header().Set("Content-Type", "application/x-ndjson")
	control := http.NewResponseController(w)
	stop := context.AfterFunc(r.Context(), func() { _ = control.SetWriteDeadline(time.Now()) })
	defer stop()
	lines := json.NewEncoder(w)
	for value := range values {
		if lines.Encode(value) != nil || control.Flush() != nil {
			return
		}
	}
}

// intent answers a request by one call that returns nothing but an error.
func intent(do func(context.Context, string) error) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if err := do(r.Context(), r.PathValue("id")); err != nil {
			fail(w, err)
			return
		}
		w.WriteHeader(http.StatusNoContent)
	}
}

func (s *server) link(w http.ResponseWriter, r *http.Request) {
	link, err := s.core.SignInLink(r.Context(), r.PathValue("id"))
	answer(w, wireLink{link}, err)
}

func (s *server) keys(w http.ResponseWriter, r *http.Request) {
	found, err := s.core.Credentials(r.Context(), r.PathValue("id"))
	answer(w, found.Plain(), err)
}

func (s *server) connection(w http.ResponseWriter, r *http.Request) {
	def, err := s.core.Connection(r.Context(), r.PathValue("id"))
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/toml")
	_, _ = w.Write(def.Format())
}

func (s *server) save(w http.ResponseWriter, r *http.Request) {
	text, err := io.ReadAll(r.Body)
	if err != nil {
		refuse(w, http.StatusRequestEntityTooLarge, codeRequest, "the definition is too long or broke off")
		return
	}
	def, err := connection.Parse(text)
	if err != nil {
		fail(w, err)
		return
	}
	def.ID = r.PathValue("id")
	id, err := s.core.SaveConnection(r.Context(), def)
	answer(w, wireID{id}, err)
}

func answer(w http.ResponseWriter, body any, err error) {
	if err != nil {
		fail(w, err)
		return
	}
	reply(w, http.StatusOK, body)
}

func fail(w http.ResponseWriter, err error) {
	status, body := encodeError(err)
	reply(w, status, body)
}

func refuse(w http.ResponseWriter, status int, code, message string) {
	reply(w, status, wireError{Code: code, Message: message})
}

func reply(w http.ResponseWriter, status int, body any) {
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_ = json.NewEncoder(w).Encode(body)
}
