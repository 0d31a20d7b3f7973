;;; emacs.el --- A user's way through Emacs: findings, completion, a rename, a fix  -*- lexical-binding: t -*-

;;; Code:

(require 'cl-lib)
(require 'package)
(package-initialize)
(require 'eglot)
(require 'flymake)
(add-to-list 'load-path (getenv "PLUGIN"))
(require 'swarm-plan)

(defun expect (what ok &optional seen)
  "Complain that not WHAT, unless OK; SEEN is what there is."
  (unless ok
    (message "Emacs: %s; there is:\n%s" what (or seen (buffer-string)))
    (kill-emacs 1)))

(defun await (what condition &optional seen)
  "Wait until CONDITION holds, else complain that not WHAT; SEEN says what there is."
  (let ((until (+ (float-time) (string-to-number (getenv "PATIENCE")))))
    (while (and (not (funcall condition)) (< (float-time) until))
      (accept-process-output nil 0.02))
    (expect what (funcall condition) (and seen (funcall seen)))))

(defun findings ()
  "The places and texts of what flymake shows."
  (mapcar (lambda (it) (format "%d %s" (line-number-at-pos (flymake-diagnostic-beg it)) (flymake-diagnostic-text it)))
          (flymake-diagnostics)))

(defun found ()
  "Whether the first finding is shown."
  (cl-some (lambda (it) (string-match-p "\\`5 .*depends_on" it)) (findings)))

(defun listed ()
  "What flymake shows, as a text."
  (string-join (findings) "\n"))

(defun go (line column)
  "Move to LINE and COLUMN."
  (goto-char (point-min))
  (forward-line (1- line))
  (move-to-column column))

(defun hold (regexp)
  "How often REGEXP stands in the text."
  (count-matches regexp (point-min) (point-max)))

(find-file (getenv "STACK"))
(expect "a stack file has its mode" (eq major-mode 'swarm-plan-mode) (symbol-name major-mode))
(let ((eglot-sync-connect 10))
  (apply #'eglot--connect (eglot--guess-contact)))
(await "the server is attached" #'eglot-managed-p)
(flymake-mode 1)
(await "depends_on is found in line 5" #'found #'listed)

;; Completion, as completion-at-point would list it.
(go 8 17)
(insert "\n      upd")
(eglot--signal-textDocument/didChange)
(let* ((capf (eglot-completion-at-point))
       (all (and capf (all-completions "upd" (nth 2 capf)))))
  (expect "`update_config' completes `upd' in deploy"
          (cl-some (lambda (it) (string-prefix-p "update_config" it)) all)
          (format "%S" all)))
(delete-region (point-min) (point-max))
(insert-file-contents (getenv "STACK"))
(eglot--signal-textDocument/didChange)

;; A rename of a network, where it is declared.
(go 13 3)
(eglot-rename "inner")
(await "the network is renamed in three places"
       (lambda () (and (= 3 (hold "inner")) (= 0 (hold "backend")))))

;; A fix, chosen from what is offered.
(when (eglot--server-capable :codeActionProvider)
  (go 5 8)
  (cl-letf (((symbol-function 'completing-read)
             (lambda (_prompt items &rest _)
               (or (cl-find-if (lambda (it) (string-match-p "list" it))
                               (mapcar (lambda (it) (if (consp it) (car it) it)) items))
                   (expect "a fix is offered" nil (format "%S" items))))))
    (let ((last-nonmenu-event ?x))
      (eglot-code-actions (point) (line-end-position) nil t)))
  (eglot--signal-textDocument/didChange)
  (await "depends_on is a list" (lambda () (= 1 (hold "depends_on:\\(?: \\[ ?db ?\\]\\|\n *- db\\)"))))
  (await "the finding is gone" (lambda () (not (found))) #'listed))

(message "Emacs: findings, completion, rename and fix")
(set-buffer-modified-p nil)
(kill-emacs 0)

;;; emacs.el ends here
