package fleet

import (
	"container/heap"
	"time"

	"daypass/app/credentials"
	"daypass/app/session"
	"daypass/auth"
	"daypass/auth/secret"
)

// What is issued is the same for everybody: nothing here looks into it.
var (
	token = secret.New("token")
	user  = auth.Identity{Issuer: "https://login.example.com", Subject: "user"}
)

// perform has a service answer a request. Other effects concern the agent's own computer.
func (s *simulation) perform(a *agent, e session.Effect, at time.Duration) {
	switch e := e.(type) {
	case session.OpenBrowser:
		s.request(a, Provider, at, session.GotTokens{Attempt: e.Attempt, Tokens: s.tokens(at)}, e.Attempt)
	case session.Refresh:
		s.request(a, Provider, at, session.GotTokens{Attempt: e.Attempt, Tokens: s.tokens(at)}, e.Attempt)
	case session.Exchange:
		s.request(a, STS, at, session.GotCredentials{Attempt: e.Attempt, Credentials: s.credentials(at)}, e.Attempt)
	}
}

// request counts a request and has the agent get its answer, or an error during an outage.
func (s *simulation) request(a *agent, to Service, at time.Duration, answer session.Event, attempt uint64) {
	s.day.Requests[to][at/time.Minute]++
	if s.company.Outage.during(to, at) {
		answer = session.Failed{Attempt: attempt, Failure: session.Failure{Class: session.Transient}}
	}
	heap.Push(&s.queue, happening{at: at + s.latency(), agent: a, event: answer})
}

func (s *simulation) tokens(at time.Duration) auth.Tokens {
	return auth.Tokens{
		IDToken: token, RefreshToken: token, WebIdentity: token, Identity: user,
		WebIdentityExpiry: midnight.Add(at + s.company.Lifetime),
	}
}

func (s *simulation) credentials(at time.Duration) session.Credentials {
	return session.Credentials{
		Credentials: credentials.Credentials{AccessKeyID: "key", SecretAccessKey: token, SessionToken: token, ExpiresAt: midnight.Add(at + s.company.Lifetime)},
		IssuedAt:    midnight.Add(at),
	}
}
