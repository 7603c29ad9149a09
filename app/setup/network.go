package setup

import (
	"context"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"
	"slices"
	"strings"
	"sync"
	"time"

	"daypass/app/failure"
	"daypass/app/messages"
	"daypass/auth"
	"daypass/auth/cafile"
	"daypass/auth/safetext"
)

// otherSiteError is a request that would leave the sites that the user knows of.
type otherSiteError struct{ host string }

// Error implements error.
func (e *otherSiteError) Error() string { return e.host + " is on another site" }

// network reaches the sites that a probe may ask, and no others: what an answer names is not followed to a site that the
// user has not confirmed (rule 56).
type network struct {
	transport *http.Transport
	confirmed []string

	mu    sync.Mutex
	sites []*url.URL
	// proxies are the hosts that are reached by a proxy, and which one that is.
	proxies map[string]string
}

func newNetwork(caFile string, confirmed []string) (*network, error) {
	roots, err := cafile.Load(caFile)
	if err != nil {
		return nil, err
	}
	n := &network{confirmed: confirmed, proxies: map[string]string{}}
	n.transport = &http.Transport{
		Proxy:                  n.proxy,
		DialContext:            (&net.Dialer{Timeout: stepTimeout}).DialContext,
		TLSClientConfig:        &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12},
		TLSHandshakeTimeout:    stepTimeout,
		ResponseHeaderTimeout:  stepTimeout,
		ForceAttemptHTTP2:      true,
		MaxIdleConnsPerHost:    2,
		IdleConnTimeout:        stepTimeout,
		MaxResponseHeaderBytes: 256 << 10,
	}
	return n, nil
}

// proxy returns the proxy of a request, and keeps its name.
func (n *network) proxy(r *http.Request) (*url.URL, error) {
	proxy, err := http.ProxyFromEnvironment(r)
	if proxy != nil {
		n.mu.Lock()
		n.proxies[r.URL.Host] = proxy.Host
		n.mu.Unlock()
	}
	return proxy, err
}

// proxyOf returns the proxy by which a host is reached; empty for none.
func (n *network) proxyOf(host string) string {
	n.mu.Lock()
	defer n.mu.Unlock()
	return n.proxies[host]
}

// allow lets the probe ask the site of an address.
func (n *network) allow(site *url.URL) {
	n.mu.Lock()
	defer n.mu.Unlock()
	n.sites = append(n.sites, site)
}

// allowed reports whether the probe may ask an address.
func (n *network) allowed(u *url.URL) bool {
	n.mu.Lock()
	defer n.mu.Unlock()
	return slices.Contains(n.confirmed, u.Host) || slices.ContainsFunc(n.sites, func(site *url.URL) bool { return auth.SameSite(site, u) })
}

// RoundTrip implements http.RoundTripper.
func (n *network) RoundTrip(r *http.Request) (*http.Response, error) {
	if !n.allowed(r.URL) {
		return nil, &otherSiteError{r.URL.Host}
	}
	return n.transport.RoundTrip(r)
}

// trace reports what comes before an answer as steps of their own: the lookup of the name, the connection, TLS.
type trace struct {
	run     *run
	subject string
	// then is the step that begins once there is a connection.
	then StepID

	mu     sync.Mutex
	stage  StepID // the step under way; empty for none
	closed bool
}

// traced returns a context in which the next request reports its connection.
func (r *run) traced(ctx context.Context, subject string, then StepID) (context.Context, *trace) {
	t := &trace{run: r, subject: subject, then: then}
	return httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		DNSStart:          func(httptrace.DNSStartInfo) { t.begin(StepLookup) },
		DNSDone:           t.lookedUp,
		ConnectStart:      func(string, string) { t.begin(StepConnect) },
		ConnectDone:       t.connected,
		TLSHandshakeStart: func() { t.begin(StepTLS) },
		TLSHandshakeDone:  t.shaken,
		GotConn:           func(httptrace.GotConnInfo) { t.begin(then) },
	}), t
}

// begin begins a step. Its address may be tried in two families at a time.
func (t *trace) begin(id StepID) {
	t.mu.Lock()
	late := t.closed || t.stage == id
	if !late {
		t.stage = id
	}
	t.mu.Unlock()
	if !late {
		t.run.begin(id, t.subject)
	}
}

// pass ends the step under way where it is this one.
func (t *trace) pass(id StepID, result ...messages.Message) {
	t.mu.Lock()
	late := t.closed || t.stage != id
	if !late {
		t.stage = ""
	}
	t.mu.Unlock()
	if !late {
		t.run.end(id, t.subject, OK, result...)
	}
}

func (t *trace) lookedUp(info httptrace.DNSDoneInfo) {
	if info.Err != nil {
		return
	}
	var all []string
	for _, a := range info.Addrs {
		all = append(all, a.String())
	}
	t.pass(StepLookup, text("lookup", "AddressList", strings.Join(all, messages.ListSeparator)))
}

func (t *trace) connected(_, address string, err error) {
	if err != nil {
		return
	}
	result := text("connect", "Address", address)
	if proxy := t.run.network.proxyOf(t.subject); proxy != "" {
		result = text("connect-proxy", "Proxy", proxy)
	}
	t.pass(StepConnect, result)
}

func (t *trace) shaken(state tls.ConnectionState, err error) {
	if err == nil && len(state.PeerCertificates) > 0 {
		leaf := state.PeerCertificates[0]
		t.pass(StepTLS, text("tls", "Authority", signer(leaf), "ExpiryDate", leaf.NotAfter.UTC().Format(time.DateOnly)))
	}
}

// failed ends the step under way with the error of a request, and reports whether that was one before the answer.
func (t *trace) failed(err error) bool {
	t.mu.Lock()
	stage := t.stage
	t.closed = true
	t.mu.Unlock()
	if stage == "" || stage == t.then {
		return false
	}
	t.run.refused(stage, t.subject, err)
	return true
}

// refused ends a step with an error of the network.
func (r *run) refused(id StepID, subject string, err error) {
	r.begin(id, subject)
	result := []messages.Message{networkReason(subject, err)}
	if facts := certificateFacts(err); facts != nil {
		result = append(result, facts...)
		r.learn(func(f *findings) { f.untrusted = f.untrusted || isUntrusted(err) })
	}
	r.end(id, subject, Failed, result...)
}

func networkReason(host string, err error) messages.Message {
	if _, plain := errors.AsType[tls.RecordHeaderError](err); plain || errors.Is(err, http.ErrSchemeMismatch) {
		return text("no-tls", "Host", host)
	}
	return failure.ReasonMessage(auth.NetworkReason(host, err))
}

// certificateFacts says what a certificate that is not trusted is: for whom, by whom, until when, and its fingerprint.
func certificateFacts(err error) []messages.Message {
	var refused *tls.CertificateVerificationError
	if !errors.As(err, &refused) || len(refused.UnverifiedCertificates) == 0 {
		return nil
	}
	leaf := refused.UnverifiedCertificates[0]
	facts := []messages.Message{text("certificate",
		"NameList", strings.Join(namesOf(leaf), messages.ListSeparator), "Authority", signer(leaf),
		"ExpiryDate", leaf.NotAfter.UTC().Format(time.DateOnly), "Fingerprint", fingerprint(leaf))}
	if isUntrusted(err) {
		facts = append(facts, text("certificate-next"))
	}
	return facts
}

// isUntrusted reports whether a certificate is signed by an authority that is not known.
func isUntrusted(err error) bool {
	var authority x509.UnknownAuthorityError
	return errors.As(err, &authority)
}

// maxNames bounds how many names of a certificate are shown, maxName the letters of each.
const (
	maxNames = 4
	maxName  = 80
)

func namesOf(leaf *x509.Certificate) (names []string) {
	for _, ip := range leaf.IPAddresses {
		names = append(names, ip.String())
	}
	for _, name := range leaf.DNSNames {
		names = append(names, safetext.Line(name, maxName))
	}
	if len(names) == 0 {
		names = append(names, safetext.Line(leaf.Subject.CommonName, maxName))
	}
	return names[:min(len(names), maxNames)]
}

// signer returns the name of the authority that signed a certificate.
func signer(leaf *x509.Certificate) string {
	name := leaf.Issuer.CommonName
	if organization := strings.Join(leaf.Issuer.Organization, ", "); organization != "" && !strings.Contains(name, organization) {
		name = strings.TrimPrefix(name+", "+organization, ", ")
	}
	return safetext.Line(name, maxName)
}

// fingerprint is the SHA-256 of a certificate, as browsers show it.
func fingerprint(leaf *x509.Certificate) string {
	sum := sha256.Sum256(leaf.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}
