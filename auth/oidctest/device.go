package oidctest

import (
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"time"
)

// DevicePath is the device authorization endpoint.
const DevicePath = "/device/code"

// UserCode is the code that a user types.
const UserCode = "WDJB-MJHT"

// Device is the device flow of an Issuer (RFC 8628). A nil one offers none.
type Device struct {
	// Answers are the errors given to the polls, one after the other; after them come the tokens.
	Answers []string
	// Interval and ExpiresIn are told in seconds; zero leaves the interval out and means 300.
	Interval, ExpiresIn int
	// VerificationURI overrides where the user is sent.
	VerificationURI string

	polls []time.Time
}

// deviceGrantType is the grant type of RFC 8628.
const deviceGrantType = "urn:ietf:params:oauth:grant-type:device_code"

// Polls are the moments at which the tokens were asked for.
func (i *Issuer) Polls() []time.Time {
	i.mu.Lock()
	defer i.mu.Unlock()
	return append([]time.Time(nil), i.behavior.Device.polls...)
}

func (i *Issuer) serveDevice(w http.ResponseWriter, r *http.Request, b Behavior) {
	if b.Device == nil || r.PostForm.Get("client_id") != ClientID {
		refuse(w, http.StatusBadRequest, "unauthorized_client", "")
		return
	}
	code := i.issue("device-")
	i.mu.Lock()
	i.codes[code] = authorization{challenge: r.PostForm.Get("code_challenge"), scope: r.PostForm.Get("scope")}
	i.mu.Unlock()
	answer := map[string]any{
		"device_code": code, "user_code": UserCode, "verification_uri": i.URL + "/device", "expires_in": 300,
		"verification_uri_complete": i.URL + "/device?user_code=" + UserCode,
	}
	if b.Device.VerificationURI != "" {
		answer["verification_uri"] = b.Device.VerificationURI
		delete(answer, "verification_uri_complete")
	}
	if b.Device.Interval > 0 {
		answer["interval"] = b.Device.Interval
	}
	if b.Device.ExpiresIn > 0 {
		answer["expires_in"] = b.Device.ExpiresIn
	}
	writeJSON(w, http.StatusOK, answer)
}

func (i *Issuer) redeemDevice(w http.ResponseWriter, r *http.Request, b Behavior, thumbprint string) {
	sum := sha256.Sum256([]byte(r.PostForm.Get("code_verifier")))
	i.mu.Lock()
	g, known := i.codes[r.PostForm.Get("device_code")]
	var next string
	if b.Device != nil {
		b.Device.polls = append(b.Device.polls, time.Now())
		if len(b.Device.Answers) > 0 {
			next, b.Device.Answers = b.Device.Answers[0], b.Device.Answers[1:]
		}
	}
	i.mu.Unlock()
	switch {
	case !known || g.challenge != base64.RawURLEncoding.EncodeToString(sum[:]):
		refuse(w, http.StatusBadRequest, "invalid_grant", "")
	case next == "down":
		w.WriteHeader(http.StatusBadGateway)
	case next != "":
		refuse(w, http.StatusBadRequest, next, "")
	default:
		i.serveTokens(w, b, deviceGrantType, grant{thumbprint: thumbprint}, true)
	}
}
