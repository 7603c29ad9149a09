package tools

import (
	"regexp"
	"strconv"
)

// boto3 is Python with boto3, or another package on botocore.
func boto3() Definition {
	return Definition{
		ID: "boto3", Name: "Python (boto3)", Program: "python3", Commands: []string{"python"},
		Language: "python", Snippet: boto3Snippet, ReadsProfile: true,
		Version: &Version{
			Name: "boto3", Args: []string{"-c", "import boto3; print('boto3', boto3.__version__)"}, Pattern: `boto3 (\S+)`,
			Optional: true, EndpointSince: []Release{{1, 28}},
		},
		List: boto3List,
		Guards: []Guard{{
			Option: "endpoint_url", Advice: "endpoint_url=",
			Version: &Version{
				Name: "botocore", Args: []string{"-c", botocoreVersion}, Pattern: `botocore (\S+)`, EndpointSince: []Release{{1, 31}},
			},
			Concerns: botocoreUsers,
		}},
	}
}

// botocoreUsers matches the packages that call botocore, and those whose programs do.
var botocoreUsers = regexp.MustCompile(`boto3|botocore|s3fs|smart_open|awswrangler|s3transfer|cloudpathlib|s3path|\b(dvc|mlflow|s4cmd|awsebcli)\b`)

// botocoreVersion is a Python program that prints the version of botocore, or "none".
const botocoreVersion = `from importlib import metadata
try:
    print('botocore', metadata.version('botocore'))
except metadata.PackageNotFoundError:
    print('botocore none')`

func boto3Snippet(s Setup) string {
	return "import boto3\n\n" +
		"s3 = boto3.Session(profile_name=" + strconv.Quote(s.profile()) + ").client(\"s3\", endpoint_url=" + strconv.QuoteToASCII(s.Access.Endpoint) + ")\n" +
		"print([b[\"Name\"] for b in s3.list_buckets()[\"Buckets\"]])"
}

// boto3ListScript lists a bucket at an endpoint: the arguments.
const boto3ListScript = "import sys, boto3; boto3.client('s3', endpoint_url=sys.argv[1]).list_objects_v2(Bucket=sys.argv[2], MaxKeys=1)"

func boto3List(a Access, bucket string) []string {
	return []string{"-c", boto3ListScript, a.Endpoint, bucket}
}
