;;; client.el --- Eglot against the server  -*- lexical-binding: t -*-
;; The diagnostic is shown, the quick fix applied, a word completed, the file saved.
;; Writes to the file named in CASE_REVIEW_RESULTS: each step is a line "pass|fail<tab>title<tab>error".
(require 'cl-lib)
(require 'eglot)

(defconst step-name "Police National Database")
(defconst fix-title "\\`Add .*Police National Database.* as outstanding")

(defun report (state title &optional message)
  (let ((line (format "%s\t%s\t%s\n" state title (replace-regexp-in-string "[ \t\n]+" " " (or message "")))))
    (write-region line nil (getenv "CASE_REVIEW_RESULTS") t 'silent)))

(defun wait-for (what condition)
  (with-timeout (15 (error "Timed out waiting for %s" what))
    (while (not (funcall condition)) (accept-process-output nil 0.02))))

(defun finding ()
  "The finding on the one step without an answer; the rule may have more to say."
  (cl-find-if (lambda (diagnostic) (string-match-p step-name (flymake-diagnostic-text diagnostic)))
              (flymake-diagnostics)))

(defun choose-fix (_prompt choices &rest _)
  "Stands for the user who picks from the menu of code actions."
  (cl-some (lambda (choice)
             (let ((title (if (consp choice) (car choice) choice)))
               (and (string-match-p fix-title title) title)))
           choices))

(defconst steps
  `(("the server attaches" .
     ,(lambda ()
        ;; Without a user there is no command, after which Eglot connects and Flymake starts.
        (run-hooks 'post-command-hook)
        (wait-for "the server" #'eglot-current-server)
        (flymake-start)
        (cl-assert (eq major-mode 'case-review-mode))))
    ("the diagnostic of the unanswered step is shown" .
     ,(lambda () (wait-for "the diagnostic" #'finding)))
    ("the quick fix answers the step" .
     ,(lambda ()
        (goto-char (flymake-diagnostic-beg (finding)))
        (cl-letf (((symbol-function 'completing-read) #'choose-fix)
                  (last-nonmenu-event ?\r)) ; As if asked from the keyboard, not with the mouse.
          (call-interactively #'eglot-code-actions))
        (goto-char (point-min))
        (cl-assert (search-forward "\n    pnd:" nil t))))
    ("a state is completed" .
     ,(lambda ()
        (goto-char (point-min))
        (search-forward "visor_mappa: { state: ")
        (let* ((table (nth 2 (run-hook-with-args-until-success 'completion-at-point-functions)))
               (words (all-completions "" table)))
          (cl-assert (member "outstanding" words) nil "The words were: %S" words))))
    ;; Without a user nobody is idle, so the edit went out with the question before.
    ("the diagnostic goes away" .
     ,(lambda () (wait-for "that" (lambda () (not (finding))))))
    ("the fixed review is saved and the server ends" .
     ,(lambda ()
        (save-buffer)
        (eglot-shutdown (eglot-current-server))
        (cl-assert (not (eglot-current-server)))))))

(defun drive ()
  (pcase-dolist (`(,title . ,act) steps)
    (condition-case problem
        (progn (funcall act) (report "pass" title))
      (error
       (report "fail" title (error-message-string problem))
       (kill-emacs 1)))))
