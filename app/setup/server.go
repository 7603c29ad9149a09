package setup

import (
	"context"
	"errors"
	"net/url"

	"daypass/app/connection"
	"daypass/app/failure"
	"daypass/app/presets"
	"daypass/auth/cafile"
	"daypass/stsclient"
)

// findings are what the steps have found.
type findings struct {
	// identity is the storage server's; its Software is empty where it was not recognized.
	identity stsclient.Identity
	// needsRole is true where the server wants a role, elsewhere where its STS is at another address.
	needsRole, elsewhere bool
	// untrusted is true where a certificate is signed by an authority that is not known.
	untrusted bool
	// groups is true where the provider offers a scope of that name.
	groups bool
}

// learn adds to the findings and the outcome.
func (r *run) learn(add func(*findings)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	add(&r.found)
}

// identify asks a server what it is. Steps of the connection come before it. It returns false where no answer came.
func (r *run) identify(ctx context.Context, server *url.URL) (identity stsclient.Identity, ok bool) {
	r.network.allow(server)
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	ctx, t := r.traced(ctx, server.Host, StepServer)
	client, err := r.stsClient(server)
	if err == nil {
		identity, err = client.Identify(ctx)
	}
	switch {
	case err == nil:
		return identity, true
	case !t.failed(err):
		r.refused(StepServer, server.Host, err)
	}
	return identity, false
}

// stsClient returns a client that asks the sites of the probe alone.
func (r *run) stsClient(server *url.URL) (*stsclient.Client, error) {
	return stsclient.New(stsclient.Config{Endpoint: server.String()}, stsclient.WithTransport(r.network))
}

// describe reports what a server is.
func (r *run) describe(server *url.URL, identity stsclient.Identity) {
	r.begin(StepServer, server.Host)
	switch product, _ := presets.Find(string(identity.Software)); {
	case identity.Console:
		r.end(StepServer, server.Host, Notice, text("server-console"))
	case !identity.S3:
		r.end(StepServer, server.Host, Notice, text("server-none"))
	case product.ID != "":
		r.end(StepServer, server.Host, OK, text("server", "Product", product.Name))
	default:
		r.end(StepServer, server.Host, OK, text("server-unknown"))
	}
}

// isServer keeps a server that was found.
func (r *run) isServer(server *url.URL, identity stsclient.Identity) {
	r.learn(func(f *findings) {
		f.identity = identity
		r.out.Definition.Endpoint = server.String()
		r.out.Product = string(identity.Software)
	})
}

// offer asks a server for credentials with a token that is none, and reports what that says of it.
func (r *run) offer(ctx context.Context, sts *url.URL, software stsclient.Software, role string) {
	r.network.allow(sts)
	r.begin(StepSTS, sts.Host)
	ctx, cancel := context.WithTimeout(ctx, stepTimeout)
	defer cancel()
	client, err := r.stsClient(sts)
	if err != nil {
		r.fail(StepSTS, sts.Host, err)
		return
	}
	refused, err := client.ProbeWebIdentity(ctx, role)
	if err != nil {
		r.fail(StepSTS, sts.Host, err)
		return
	}
	r.judge(refused, sts.Host, software, role != "")
}

// claimSoftware are the products that assign permissions by a claim where no role is asked for.
var claimSoftware = map[stsclient.Software]bool{stsclient.SoftwareMinIO: true, stsclient.SoftwareRustFS: true}

// judge reports what an error says of what a server offers.
func (r *run) judge(refused *stsclient.Error, host string, software stsclient.Software, withRole bool) {
	switch {
	case refused.Kind == stsclient.KindRoleNeeded:
		r.needsRole(host, software)
	case refused.Kind == stsclient.KindRoleUnknown, refused.Kind == stsclient.KindRoleMalformed:
		r.fail(StepSTS, host, refused)
	case refused.OffersWebIdentity() && withRole && software == stsclient.SoftwareMinIO: // which looks at the role first
		r.end(StepSTS, host, OK, text("sts-role-accepted"))
	case refused.OffersWebIdentity() && !withRole && claimSoftware[software]:
		r.end(StepSTS, host, OK, text("sts-claims"))
	case refused.OffersWebIdentity():
		r.end(StepSTS, host, OK, text("sts-offered"))
	case software == stsclient.SoftwareVersity, software == stsclient.SoftwareAWS:
		r.learn(func(f *findings) { f.elsewhere, f.needsRole = true, true })
		r.end(StepSTS, host, Warning, text("sts-elsewhere"))
	case refused.Kind == stsclient.KindSilent && software == stsclient.SoftwareCeph:
		r.learn(func(f *findings) { f.needsRole = true })
		r.end(StepSTS, host, Notice, text("sts-silent"))
	default:
		r.fail(StepSTS, host, refused)
	}
}

// needsRole reports a server that wants a role. A MinIO says the same where no identity provider is set up on it.
func (r *run) needsRole(host string, software stsclient.Software) {
	r.learn(func(f *findings) { f.needsRole = true })
	result := text("sts-role")
	if software == stsclient.SoftwareMinIO {
		result = text("sts-role-minio")
	}
	r.end(StepSTS, host, Warning, result)
}

// fail ends a step with an error that has a problem of its own.
func (r *run) fail(id StepID, subject string, err error) {
	r.begin(id, subject)
	if other, leads := errors.AsType[*otherSiteError](err); leads {
		r.learn(func(*findings) { r.out.OtherSites = append(r.out.OtherSites, other.host) })
		r.end(id, subject, Warning, text("redirect-other-site", "Host", other.host))
		return
	}
	var file *cafile.Error
	var refused *stsclient.Error
	problem := failure.Of(err, r.definition()).Problem
	if errors.As(err, &file) {
		problem = failure.CAFile(file)
	}
	state := Failed
	if errors.As(err, &refused) && stsclient.IsTransient(refused) {
		state = Warning
	}
	r.put(Step{ID: id, Subject: subject, State: state, Problem: &problem, Took: r.since(id, subject)})
}

func (r *run) definition() connection.Definition {
	r.mu.Lock()
	defer r.mu.Unlock()
	return r.out.Definition
}

// checkServer checks the storage server of a connection.
func (r *run) checkServer(ctx context.Context, def connection.Definition) {
	server, err := url.Parse(def.Endpoint)
	if err != nil || server.Host == "" {
		return
	}
	identity, ok := r.identify(ctx, server)
	if !ok {
		return
	}
	r.describe(server, identity)
	if !identity.S3 {
		r.noServer(server.Host, identity.Console)
		return
	}
	r.isServer(server, identity)
	sts := server
	if def.STSEndpoint != "" {
		if sts, err = url.Parse(def.STSEndpoint); err != nil {
			return
		}
	}
	r.offer(ctx, sts, identity.Software, def.RoleARN())
}

// noServer makes a failure of what is no server: a connection needs one.
func (r *run) noServer(host string, console bool) {
	result := text("server-none")
	if console {
		result = text("server-console")
	}
	r.end(StepServer, host, Failed, result)
}
