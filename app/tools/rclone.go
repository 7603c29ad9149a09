package tools

import (
	"bytes"
	"errors"

	"daypass/app/tools/edit"
)

// rclone takes the credentials from the connection's profile, or from one of its own.
func rclone() Definition {
	return Definition{
		ID: "rclone", Name: "rclone", Program: "rclone", Commands: []string{"rclone"},
		Language: "sh", Snippet: rcloneSnippet, ReadsProfile: true, Files: rcloneFiles,
		Formats: []Format{{Name: "rclone", LabelID: "agent.tools.copy.rclone", Write: text(rcloneRemoteWithCredentials)}},
		Environment: Environment{
			Bundles: []string{"RCLONE_CA_CERT"}, RefusesAWSBundle: true,
			Exec: rcloneEnvironment,
		},
		Version: &Version{Args: []string{"version"}, Pattern: `rclone v(\S+)`},
		List: func(_ Access, bucket string) []string {
			return []string{"lsf", "--max-depth", "1", "daypass:" + bucket}
		},
	}
}

func rcloneSnippet(s Setup) string {
	command := "rclone lsd " + s.profile() + ":"
	if bundle := s.Access.Bundle(); bundle != "" {
		command += " --ca-cert " + ShellWord(bundle)
	}
	return command
}

// rcloneFiles are the remote and the profile that it takes the credentials from: the AWS tools' one, or one of its
// own, which goes with the remote.
func rcloneFiles(s Setup, step Step) ([]File, error) {
	remote := File{
		Path: s.Paths.Rclone, Check: notEncrypted, Entry: edit.Section{Name: s.profile(), Text: string(rcloneRemote(s.Access))},
	}
	profile, err := profileFile(s)
	own, ownErr := rcloneProfile(s.Access, s.Creds)
	if step == StepRemove {
		own, err, ownErr = []byte("-"), nil, nil // also one from when it had an authority
	}
	if own != nil {
		profile = File{Path: s.Paths.AWSConfig, Entry: edit.Section{Name: s.profile() + rcloneSuffix, Text: string(own)}}
	}
	if step == StepRemove {
		return []File{remote, profile}, nil
	}
	return []File{profile, remote}, errors.Join(err, ownErr)
}

// ErrEncrypted means that rclone's file is encrypted.
var ErrEncrypted = errors.New("the file of rclone is encrypted, so that Daypass cannot add to it; use the environment instead")

func notEncrypted(file []byte) error {
	if bytes.Contains(file, []byte("RCLONE_ENCRYPT_V0:")) {
		return ErrEncrypted
	}
	return nil
}

// rcloneSuffix ends the name of a profile for rclone alone.
const rcloneSuffix = "@rclone"

// rcloneProfileName is the name of the profile that rclone takes the credentials from. No connection's own profile
// has the suffix.
func rcloneProfileName(a Access) string {
	if a.Bundle() == "" {
		return ProfileName(a.Connection)
	}
	return ProfileName(a.Connection) + rcloneSuffix
}

// rcloneProfile returns the profile for rclone alone, where it needs one: it breaks at a ca_bundle, with
// LoadCustomCABundleError. Nil where it takes the AWS tools' profile.
func rcloneProfile(a Access, command Command) ([]byte, error) {
	if a.Bundle() == "" {
		return nil, nil
	}
	return profile(rcloneProfileName(a), a, command)
}

// rcloneRemote returns the remote for rclone's file.
func rcloneRemote(a Access) []byte {
	return section("["+ProfileName(a.Connection)+"]", []Variable{
		{"type", "s3"},
		{"provider", "Minio"},
		{"env_auth", "true"},
		{"profile", rcloneProfileName(a)},
		{"endpoint", a.Endpoint},
		{"region", a.SigningRegion()},
	})
}

func rcloneRemoteWithCredentials(a Access) string {
	return string(section("["+ProfileName(a.Connection)+"]", []Variable{
		{"type", "s3"},
		{"provider", "Minio"},
		{"access_key_id", a.AccessKeyID},
		{"secret_access_key", a.SecretAccessKey.Reveal()},
		{"session_token", a.SessionToken.Reveal()},
		{"endpoint", a.Endpoint},
		{"region", a.SigningRegion()},
	}))
}

// rcloneRemotePrefix begins the variables of the remote "daypass".
const rcloneRemotePrefix = "RCLONE_CONFIG_DAYPASS_"

// rcloneEnvironment returns the remote "daypass" in rclone's environment: it takes the credentials from wherever the
// AWS SDK finds them.
func rcloneEnvironment(a Access) []Variable {
	return []Variable{
		{rcloneRemotePrefix + "TYPE", "s3"},
		{rcloneRemotePrefix + "PROVIDER", "Minio"},
		{rcloneRemotePrefix + "ENV_AUTH", "true"},
		{rcloneRemotePrefix + "ENDPOINT", a.Endpoint},
		{rcloneRemotePrefix + "REGION", a.SigningRegion()},
	}
}
