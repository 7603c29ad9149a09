// Package notify says on the desktop what needs the user or what goes wrong behind their back, each
// once, and never that something went well. What to say is a pure function of two snapshots; the
// desktop's own notifications bring it to the screen.
package notify

import (
	"time"

	"daypass/app"
	"daypass/app/messages"
	"daypass/app/status"
)

// notice is one notification. A session has one at most: a new one replaces the old.
type notice struct {
	// id is the session's.
	id, title, body string
	// severity selects the picture.
	severity status.Severity
	// signIn is true where signing in again is what helps: then there is a button for it, and the
	// notice stays until it is answered.
	signIn bool
}

// change is what to do to the screen.
type change struct {
	show []notice
	// withdraw lists the sessions whose notice has nothing to say any more.
	withdraw []string
}

// condition is how a session stands in the eyes of somebody who is not looking. Each is worse than the
// one before it, and a session that gets worse is told of.
type condition int

const (
	fine condition = iota
	// failing: a renewal failed, and so did the next attempt; the credentials are still valid. One failed attempt
	// is no news: the network is often a moment late when a laptop wakes up.
	failing
	// ended: the credentials have expired, and renewing them is still tried.
	ended
	// needsUser: only the user can go on; the credentials are still valid.
	needsUser
	// over: the credentials have expired and only the user can go on.
	over
	// watched: the user is signing in and sees for themselves what becomes of it.
	watched
)

// secondFailure is the number of failed attempts at which an error is shown.
const secondFailure = 2

func conditionOf(s app.Session, now time.Time) condition {
	switch status.Of(s, now).State {
	case status.WaitingForUser, status.Exchanging:
		return watched
	case status.SignInDue:
		return needsUser
	case status.SignInAgain:
		return over
	case status.Retrying:
		return ended
	case status.SignedIn, status.Renewing, status.RenewalFailed, status.ExpiresSoon, status.Expired:
		if s.Failures >= secondFailure {
			return failing
		}
	}
	return fine
}

// decide compares two snapshots that follow each other. A session that was not there before is taken
// as it is: the user knows, or will look.
func decide(before, after app.Snapshot, now time.Time) change {
	var c change
	was := map[string]app.Session{}
	for _, s := range before.Sessions {
		was[s.ID] = s
	}
	for _, s := range after.Sessions {
		earlier, known := was[s.ID]
		delete(was, s.ID)
		old, is := conditionOf(earlier, now), conditionOf(s, now)
		switch {
		case !known:
		case is > old && is != watched:
			c.show = append(c.show, describe(s, is, now))
		case reminds(earlier, s):
			c.show = append(c.show, describeEnd(s, now))
		case moreWait(earlier, s):
			c.show = append(c.show, describeWaiting(s))
		case len(earlier.Waiting) > 0 && len(s.Waiting) == 0, earlier.EndsSoon && !s.EndsSoon:
			c.withdraw = append(c.withdraw, s.ID)
		case old != fine && (is == fine || is == watched):
			c.withdraw = append(c.withdraw, s.ID)
		}
	}
	for id := range was { // the connections that were removed
		c.withdraw = append(c.withdraw, id)
	}
	return c
}

func describe(s app.Session, is condition, now time.Time) notice {
	n := notice{id: s.ID, signIn: is == needsUser || is == over}
	why := ""
	if s.Problem != nil {
		why = s.Problem.Current().Detail
	}
	expires := expiry(s.ExpiresAt.Sub(now))
	connection := messages.Args{"Connection": s.Name}
	n.severity = status.Warning
	switch is {
	case failing:
		n.title = messages.Text("agent.notify.renewal-failed.title", connection)
		n.body = join(why, messages.Text("agent.notify.renewal-failed.next"), expires)
	case ended:
		n.severity = status.Error
		n.title = messages.Text("agent.notify.expired.title", connection)
		n.body = join(why, messages.Text("agent.notify.keeps-trying"))
	case needsUser:
		n.title = messages.Text("agent.notify.sign-in.title", connection)
		n.body = join(why, expires)
	case over:
		n.severity = status.Error
		n.title = messages.Text("agent.notify.over.title", connection)
		n.body = join(why, messages.Text("agent.notify.over.next"))
	}
	return n
}

// reminds reports whether the end that the user has set for a session has come near. One that is set so near is no news.
func reminds(before, after app.Session) bool {
	return after.EndsSoon && !before.EndsSoon && before.EndsAt.Equal(after.EndsAt)
}

func describeEnd(s app.Session, now time.Time) notice {
	return notice{
		id: s.ID, severity: status.Warning, title: messages.Text("agent.notify.ends.title", messages.Args{"Connection": s.Name}),
		body: messages.Text("agent.notify.ends", messages.Args{"TimeLeft": messages.Current().Format().Span(s.EndsAt.Sub(now))}),
	}
}

// join joins the sentences that there are.
func join(sentences ...string) string {
	all := ""
	for _, s := range sentences {
		switch {
		case all == "":
			all = s
		case s != "":
			all = messages.Text("common.joined", messages.Args{"First": all, "Second": s})
		}
	}
	return all
}

// expiry returns a sentence on when credentials expire, which is never later than it says.
func expiry(d time.Duration) string {
	if d < 2*time.Second {
		return messages.Text("agent.notify.expires-now")
	}
	return messages.Text("agent.notify.expires", messages.Args{"TimeLeft": messages.Current().Format().Span(d)})
}
