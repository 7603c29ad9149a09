package main

import (
	"errors"
	"time"

	"fyne.io/fyne/v2"

	"daypass/app"
	"daypass/app/location"
	"daypass/ui/uitest"
)

// useScenes are the screen on other tools.
func useScenes() []scene {
	foreign := &app.HandoverError{Problem: app.Problem{
		Title: "Something else has this name already", Detail: "/home/ada/.aws/config: there is an entry of this name that Daypass did not make.",
		NextStep: "Rename or remove that entry, then look at the change again. Daypass touches nothing that it did not make.",
	}, Err: errors.New("foreign")}
	refused := &app.HandoverError{Problem: app.Problem{
		Title: "The limits are too long to send", Detail: "s3.example.com found the policy longer than it takes.",
		NextStep: "Choose fewer locations.", Admin: "A session policy has 2,048 bytes at most.",
	}, Err: errors.New("refused")}
	waiting := uitest.Lost(-time.Minute)
	waiting.Waiting = []string{"aws", "rclone"}
	return []scene{
		use("use-tool", full, func(st *stage) {}),
		use("use-small", small, func(st *stage) {}),
		use("use-snippet-python", full, func(st *stage) { st.tap("tool:boto3"); st.tap("tool.copy") }),
		use("use-missing", full, func(st *stage) { st.tap("tool:rclone") }),
		use("use-install", full, func(st *stage) { st.tap("tool:rclone"); st.press("tool.install") }),
		use("use-install-small", small, func(st *stage) { st.tap("tool:rclone"); st.press("tool.install") }),
		use("use-done", full, func(st *stage) {
			st.tap("tool:rclone")
			st.press("tool.install")
			st.press("tool.apply")
		}),
		use("use-remove", full, func(st *stage) { st.press("tool.remove") }),
		use("use-refused", full, func(st *stage) {
			st.tap("tool:rclone")
			st.core.FailWith(foreign)
			st.press("tool.install")
		}),
		use("use-keys", full, func(st *stage) { st.tap("tool:env"); st.press("tool.copy-with-credentials") }),
		use("use-revoke", full, func(st *stage) { st.tap("revoke:python3 train.py") }),
		use("use-nobody", full, func(st *stage) {
			st.core.SetClients(nil)
			st.pass(2 * time.Second)
		}),
		still("session-tools-wait", waiting),
		useIn("use-waiting", uitest.Snapshot(waiting), full, func(st *stage) {}),
		use("limit-begin", full, func(st *stage) { st.press("tool:limited") }),
		use("limit-policy", full, (*stage).limit),
		use("limit-small", small, (*stage).limit),
		use("limit-fault", full, func(st *stage) {
			st.press("tool:limited")
			st.fill("limit.location", "Payroll*")
			st.tap("limit.add")
		}),
		use("limit-made", full, func(st *stage) {
			st.limit()
			st.fill("limit.program", "train.py")
			st.press("limit.issue")
		}),
		use("limit-refused", full, func(st *stage) { st.limit(); st.core.FailWith(refused); st.press("limit.issue") }),
		use("limit-taken", full, func(st *stage) {
			st.core.SetPolicy("{}")
			st.tap("tool:limited")
			st.pass(2 * time.Second)
		}),
		use("gateway-begin", full, func(st *stage) { st.press("tool:gateway") }),
		use("gateway-made", full, (*stage).gateway),
		use("gateway-small", small, (*stage).gateway),
		use("gateway-limited", full, func(st *stage) {
			st.press("tool:gateway")
			st.press("gateway.limited")
			st.fill("gateway.location", "measurements/2026/")
			st.entry("gateway.location").OnSubmitted("")
			st.rest()
		}),
	}
}

// gateway has a key pair made for restic.
func (st *stage) gateway() {
	st.press("tool:gateway")
	st.fill("gateway.program", "restic")
	st.press("gateway.create")
}

func use(name string, size fyne.Size, act func(*stage)) scene {
	return useIn(name, uitest.Snapshot(uitest.SignedIn(42*time.Minute+10*time.Second)), size, act)
}

func useIn(name string, snapshot app.Snapshot, size fyne.Size, act func(*stage)) scene {
	s := scene{name: name, snapshot: snapshot, storage: &uitest.Storage{}, size: size}
	s.act = func(st *stage) {
		st.press("use")
		act(st)
	}
	return s
}

// press presses a control and lets all come that follows.
func (st *stage) press(id string) {
	st.tap(id)
	st.rest()
}

// limit chooses two places for limited keys.
func (st *stage) limit() {
	st.press("tool:limited")
	for _, where := range []location.Location{{Bucket: "measurements", Prefix: "2026/"}, {Bucket: "archive"}} {
		st.fill("limit.location", where.Path())
		st.entry("limit.location").OnSubmitted("")
		st.rest()
	}
}
