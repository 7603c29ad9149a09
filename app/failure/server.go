package failure

import (
	"daypass/app/connection"
	"daypass/app/messages"
	"daypass/app/schedule"
	"daypass/app/session"
	"daypass/auth"
	"daypass/stsclient"
)

// serverFailure is for an answer of the storage server, or for none.
func serverFailure(err *stsclient.Error, def connection.Definition) session.Failure {
	server := err.Server()
	if server == "" {
		server = Host(def.Endpoint)
	}
	p := session.Problem{Code: CodeOf(err.Kind), Params: map[string]string{"Server": server}, At: schedule.Now()}
	if subject := err.Subject(); subject != "" {
		p.Params["Subject"] = subject
	} else {
		p.Variant = "unnamed"
	}
	switch message := session.ServerMessage(server, err.ServerMessage()); {
	case err.Kind == stsclient.KindCertificate:
		p.Reasons = certificateReason(server, err)
	case quoted[err.Kind]:
		p.Reasons = message
	case err.Kind == stsclient.KindDuration && limits(err) != nil:
		p.Reasons, p.Hints = limits(err), message
	case err.Kind == stsclient.KindDuration:
		p.Reasons = message
	case err.ServerMessage() != "":
		p.Hints = message
	}
	f := session.Failure{Class: session.Refused, RetryAfter: err.RetryAfter, Problem: p}
	if stsclient.IsTransient(err) {
		f.Class = session.Transient
	} else if stsclient.MayBeIntermediary(err) {
		f.Class = session.Disturbed
	}
	return f
}

// CodeOf returns the code of the problem that an error of the storage server is.
func CodeOf(kind stsclient.Kind) string { return "sts-" + string(kind) }

// quoted are the kinds whose cause is in the server's own words.
var quoted = map[stsclient.Kind]bool{stsclient.KindBadAnswer: true, stsclient.KindUnknown: true}

// certificateReason says why a server's certificate is not trusted.
func certificateReason(server string, err *stsclient.Error) []messages.Message {
	reason := auth.CertificateReason(server, err)
	if quote := err.Quote(); reason.Code == auth.ReasonCertificate && quote != "" {
		reason.Params["Error"] = quote
	}
	return []messages.Message{ReasonMessage(reason)}
}

// CertificateReason says why the certificate of a server is not trusted; err is that of crypto/tls.
func CertificateReason(server string, err error) messages.Message {
	return ReasonMessage(auth.CertificateReason(server, err))
}

// limits is what the server says of the lifetimes that it accepts; none where it names no numbers.
func limits(err *stsclient.Error) []messages.Message {
	args := map[string]string{}
	if err.MinDuration > 0 {
		args["MinDuration"] = err.MinDuration.String()
	}
	if err.MaxDuration > 0 {
		args["MaxDuration"] = err.MaxDuration.String()
	}
	switch {
	case len(args) == 2:
		return []messages.Message{{ID: "problem.reason.accepts-between", Args: args}}
	case err.MaxDuration > 0:
		return []messages.Message{{ID: "problem.reason.accepts-at-most", Args: args}}
	case err.MinDuration > 0:
		return []messages.Message{{ID: "problem.reason.accepts-at-least", Args: args}}
	}
	return nil
}
