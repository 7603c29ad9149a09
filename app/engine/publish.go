package engine

import (
	"cmp"
	"slices"
	"sort"
	"strings"
	"time"

	"daypass/app"
	"daypass/app/natural"
	"daypass/app/session"
	"daypass/auth/secret"
)

// publish makes a snapshot of every session and hands it to the watchers.
func (r *runner) publish() {
	out := app.Snapshot{Version: r.store.current().Version, Problems: slices.Concat(r.problems, r.unreadable, r.storeStatus.Problems(now()), r.clientSecretsUnsaved()), Settings: r.settings, TrayShown: r.trayShown}
	public := &published{keys: map[string]app.Credentials{}, links: map[string]string{}, clientSecrets: map[string]secret.Secret{}}
	for id, run := range r.sessions {
		s := describe(id, run)
		s.MemoryOnly = s.Identity != "" && (r.records == nil || r.storeStatus.InMemory() || !run.def.Provider.StaySignedIn)
		s.Waiting = r.waiting.of(id, s.HasCredentials(now()))
		out.Sessions = append(out.Sessions, s)
		public.clientSecrets[id] = r.clientSecrets[id].For(run.def)
		if k := run.state.Credentials; k != nil {
			public.keys[id] = k.Credentials
		}
		if run.state.LinkReady {
			public.links[id] = run.link
		}
	}
	sort.Slice(out.Sessions, func(i, j int) bool { return before(out.Sessions[i], out.Sessions[j]) })
	r.public.Store(public)
	r.store.publish(out)
}

func before(a, b app.Session) bool {
	return cmp.Or(natural.Compare(a.Name, b.Name), strings.Compare(a.ID, b.ID)) < 0
}

func describe(id string, run *sessionEntry) app.Session {
	def, st := run.def, run.state
	out := app.Session{
		ID: id, Name: def.Name, Endpoint: def.Endpoint, STSEndpoint: def.STSEndpoint, Region: def.Region, CAFile: def.CAFile, Source: def.Source, Issuer: def.Provider.Issuer,
		Phase: st.Phase, LinkReady: st.LinkReady, UserCode: st.UserCode, Deadline: st.Deadline, Question: st.Question,
		Renewals: st.Renewals, Failures: st.Failures, RenewAt: st.RenewAt, Problem: st.Problem, SigningOut: st.SigningOut,
		EndsAt: st.EndsAt, EndsSoon: st.EndsSoon,
	}
	if st.Tokens.Identity.Subject != "" {
		out.Identity = st.Tokens.Identity.Display()
	}
	if k := st.Credentials; k != nil {
		describeCredentials(&out, k)
	}
	out.Warnings = append(slices.Clip(out.Warnings), tokenWarnings(st.Tokens)...)
	return out
}

func describeCredentials(out *app.Session, k *session.Credentials) {
	out.IssuedAt, out.ExpiresAt = k.IssuedAt, k.ExpiresAt
	out.RequestedDuration, out.GrantedDuration = seconds(k.RequestedDuration), seconds(k.ExpiresAt.Sub(k.IssuedAt))
	out.ClockSkew, out.Warnings = seconds(k.ClockSkew), k.Warnings
}

func seconds(d time.Duration) app.Seconds { return app.Seconds(d.Round(time.Second) / time.Second) }
