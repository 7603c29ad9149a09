package uitest

import (
	"context"
	"time"

	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/setup"
)

// Prober finds the same things at addresses and of connections each time, without a network.
type Prober struct{}

// found is a sentence on a step.
func found(id string, namesAndValues ...string) messages.Message {
	m := messages.Message{ID: "connections.probe.result." + id, Args: map[string]string{}}
	for i := 0; i+1 < len(namesAndValues); i += 2 {
		m.Args[namesAndValues[i]] = namesAndValues[i+1]
	}
	return m
}

func ended(id setup.StepID, subject string, state setup.State, milliseconds int, results ...messages.Message) setup.Step {
	return setup.Step{ID: id, Subject: subject, State: state, Took: time.Duration(milliseconds) * time.Millisecond, Result: results}
}

// reached are the steps before a server answers.
func reached(host, address, authority string) []setup.Step {
	return []setup.Step{
		ended(setup.StepLookup, host, setup.OK, 12, found("lookup", "AddressList", "192.0.2.7")),
		ended(setup.StepConnect, host, setup.OK, 9, found("connect", "Address", address)),
		ended(setup.StepTLS, host, setup.OK, 23, found("tls", "Authority", authority, "ExpiryDate", "2027-03-01")),
	}
}

// Address finds a console, and the server beside it; once its host is confirmed, the identity provider too. Of
// nothing.example it finds nothing, company.example publishes a connection, and slow.example never answers.
func (Prober) Address(ctx context.Context, typed string, o setup.Options) setup.Outcome {
	const console, server, login = "minio.example:9001", "minio.example:9000", "login.example"
	if typed == "slow.example" {
		report(o, reached("slow.example", "192.0.2.7:443", "Company CA"))
		o.Report(setup.Step{ID: setup.StepServer, Subject: "slow.example", State: setup.Running})
		<-ctx.Done()
	}
	if typed == "company.example" {
		return setup.Outcome{
			Definition: Definition(""), Invited: true,
			Steps: report(o, []setup.Step{
				ended(setup.StepAddress, "", setup.OK, 0, found("address", "Address", "https://"+typed)),
				ended(setup.StepInvitation, typed, setup.OK, 21, found("invitation", "Name", "Research lake", "Provider", "login.example.com", "Server", "s3.example.com:9000")),
			}),
		}
	}
	if typed == "nothing.example" {
		steps := []setup.Step{
			ended(setup.StepAddress, "", setup.OK, 0, found("address", "Address", "https://nothing.example")),
			ended(setup.StepLookup, typed, setup.Failed, 31, messages.Message{ID: "problem.reason.provider.host-unknown", Args: map[string]string{"Host": typed}}),
		}
		return setup.Outcome{Steps: report(o, steps)}
	}
	steps := append([]setup.Step{ended(setup.StepAddress, "", setup.OK, 0, found("address", "Address", "https://"+console))}, reached(console, "192.0.2.7:9001", "Company CA")...)
	steps = append(steps,
		ended(setup.StepServer, console, setup.Notice, 18, found("server-console")),
		ended(setup.StepConsole, console, setup.OK, 0, found("console-login", "Host", login, "ClientID", "minio-console")),
		ended(setup.StepServer, server, setup.OK, 14, found("server", "Product", "MinIO and AIStor")),
		ended(setup.StepSTS, server, setup.OK, 11, found("sts-claims")))
	out := setup.Outcome{Product: "minio", Definition: connection.Definition{
		Name: "minio.example", Endpoint: "https://" + server, Provider: connection.Provider{ClientID: "minio-console", StaySignedIn: true},
	}}
	if len(o.Confirmed) == 0 {
		steps = append(steps, ended(setup.StepProvider, login, setup.Warning, 0, found("provider-other-site", "Host", login)))
		out.OtherSites, out.Missing = []string{login}, []string{"login.issuer"}
	} else {
		steps = append(steps, ended(setup.StepProvider, login, setup.OK, 42, found("provider", "Issuer", "https://"+login), found("provider-offers", "NameList", "PKCE\nPAR\nDPoP")))
		out.Definition.Provider.Issuer = "https://" + login
	}
	out.Steps = report(o, steps)
	return out
}

// Connection finds that the provider does not know the client.
func (Prober) Connection(_ context.Context, def connection.Definition, o setup.Options) setup.Outcome {
	const server, login = "minio.example:9000", "login.example"
	steps := append(reached(server, "192.0.2.7:9000", "Company CA"),
		ended(setup.StepServer, server, setup.OK, 14, found("server", "Product", "MinIO and AIStor")),
		ended(setup.StepSTS, server, setup.OK, 11, found("sts-claims")),
		ended(setup.StepProvider, login, setup.OK, 42, found("provider", "Issuer", "https://"+login), found("provider-offers", "NameList", "PKCE"), found("provider-revocation")),
		ended(setup.StepClient, login, setup.Failed, 61, found("client-redirect-unknown", "ClientID", "desktop-app"), found("client-next", "URI", "http://127.0.0.1/callback")))
	return setup.Outcome{Definition: def, Steps: report(o, steps)}
}

func report(o setup.Options, steps []setup.Step) []setup.Step {
	for _, s := range steps {
		o.Report(s)
	}
	return steps
}

// Invitation finds that the storage server has moved since.
func (Prober) Invitation(context.Context, string, setup.Options) (connection.Definition, error) {
	def := Definition("")
	def.Endpoint = "https://new.example.com:9000"
	return def, nil
}
