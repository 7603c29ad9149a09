package auth

func systemOpeners(link string) []opener { return []opener{commandOpener("/usr/bin/open", link)} }
