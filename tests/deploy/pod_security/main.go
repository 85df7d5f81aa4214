// Pod-security holds pods against the Pod Security Standard "restricted" with the code that
// Kubernetes' own admission uses. It reads a JSON list of pod templates from standard input, prints
// one line for each that would be refused, and ends with 1 if there is one.
package main

import (
	"encoding/json"
	"fmt"
	"os"

	corev1 "k8s.io/api/core/v1"
	"k8s.io/pod-security-admission/api"
	"k8s.io/pod-security-admission/policy"
)

func main() {
	var templates []corev1.PodTemplateSpec
	if err := json.NewDecoder(os.Stdin).Decode(&templates); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	evaluator, err := policy.NewEvaluator(policy.DefaultChecks())
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	level := api.LevelVersion{Level: api.LevelRestricted, Version: api.LatestVersion()}
	refused := false
	for _, template := range templates {
		result := policy.AggregateCheckResults(
			evaluator.EvaluatePod(level, &template.ObjectMeta, &template.Spec))
		if !result.Allowed {
			refused = true
			fmt.Printf("%s: %s\n", template.Name, result.ForbiddenDetail())
		}
	}
	if refused {
		os.Exit(1)
	}
}
