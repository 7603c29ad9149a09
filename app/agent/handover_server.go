package agent

import (
	"encoding/json"
	"net/http"

	"daypass/app/broker/clients"
	"daypass/app/tools"
)

// handoverRoutes adds the requests on credentials for other tools.
func (s *server) handoverRoutes(mux *http.ServeMux) {
	mux.HandleFunc("GET /v1/connections/{id}/tools", s.tools)
	mux.HandleFunc("POST /v1/connections/{id}/tools/{tool}", s.toolStep)
	mux.HandleFunc("GET /v1/connections/{id}/consumers", s.clients)
	mux.HandleFunc("POST /v1/connections/{id}/consumers", s.addClient)
	mux.HandleFunc("POST /v1/connections/{id}/gateway", s.addGateway)
	mux.HandleFunc("POST /v1/connections/{id}/credentials", s.fetch)
	mux.HandleFunc("POST /v1/consumers/{id}/pause", s.pause(true))
	mux.HandleFunc("POST /v1/consumers/{id}/resume", s.pause(false))
	mux.HandleFunc("DELETE /v1/consumers/{id}", intent(s.core.RevokeClient))
	mux.HandleFunc("GET /v1/connections/{id}/diagnosis", s.diagnosis)
	mux.HandleFunc("GET "+pathToolCredentials, s.toolCredentials)
	mux.HandleFunc("GET "+pathCreds, s.creds)
}

func (s *server) tools(w http.ResponseWriter, r *http.Request) {
	tools, err := s.core.Tools(r.Context(), r.PathValue("id"))
	answer(w, tools, err)
}

func (s *server) toolStep(w http.ResponseWriter, r *http.Request) {
	var step wireStep
	if !read(w, r, &step) {
		return
	}
	id, tool := r.PathValue("id"), r.PathValue("tool")
	if step.Digest == "" {
		change, err := s.core.PreviewTool(r.Context(), id, tool, step.Step)
		answer(w, change, err)
		return
	}
	answer(w, struct{}{}, s.core.ApplyTool(r.Context(), id, tool, step.Step, step.Digest))
}

func (s *server) clients(w http.ResponseWriter, r *http.Request) {
	list, err := s.core.Clients(r.Context(), r.PathValue("id"))
	answer(w, list, err)
}

func (s *server) addClient(w http.ResponseWriter, r *http.Request) {
	var n clients.NewClient
	if !read(w, r, &n) {
		return
	}
	token, err := s.core.AddClient(r.Context(), r.PathValue("id"), n)
	answer(w, wireFromClientToken(token), err)
}

func (s *server) addGateway(w http.ResponseWriter, r *http.Request) {
	var n clients.NewClient
	if !read(w, r, &n) {
		return
	}
	pair, err := s.core.AddGateway(r.Context(), r.PathValue("id"), n)
	answer(w, wireFromKeyPair(pair), err)
}

func (s *server) fetch(w http.ResponseWriter, r *http.Request) {
	var f clients.Fetcher
	if !read(w, r, &f) {
		return
	}
	issued, err := s.core.Fetch(r.Context(), r.PathValue("id"), f)
	answer(w, wireIssued{wireFromAccess(issued.Access), issued.Session}, err)
}

func (s *server) pause(paused bool) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		answer(w, struct{}{}, s.core.PauseClient(r.Context(), r.PathValue("id"), paused))
	}
}

func (s *server) diagnosis(w http.ResponseWriter, r *http.Request) {
	report, err := s.core.Diagnose(r.Context(), r.PathValue("id"))
	answer(w, report, err)
}

func (s *server) toolCredentials(w http.ResponseWriter, r *http.Request) {
	access, err := s.accessFor(r)
	answer(w, wireFromAccess(access), err)
}

// creds answers with the very bytes that `daypass creds` prints, so that it has nothing left to do.
func (s *server) creds(w http.ResponseWriter, r *http.Request) {
	access, err := s.accessFor(r)
	if err != nil {
		fail(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	_, _ = w.Write(tools.ProcessJSON(access))
}

// accessFor returns the credentials for the tool that a request is for, unless it would take them elsewhere.
func (s *server) accessFor(r *http.Request) (tools.Access, error) {
	t := toolOf(r.Context())
	access, err := s.core.ToolCredentials(r.Context(), r.FormValue("name"), t.name(r.FormValue("tool")))
	if err != nil {
		return access, err
	}
	if err := t.check(r.Context(), access.Endpoint); err != nil {
		return tools.Access{}, err
	}
	return access, nil
}

// read takes the request's JSON, or refuses the request.
func read(w http.ResponseWriter, r *http.Request, into any) bool {
	if err := json.NewDecoder(r.Body).Decode(into); err != nil {
		refuse(w, http.StatusBadRequest, codeRequest, "the request makes no sense")
		return false
	}
	return true
}
